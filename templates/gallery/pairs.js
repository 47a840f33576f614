/* pairs.js: pairs of paragraphs and what can be done to them: numbers in, numbers out; knows no page.
 *
 * The paragraphs of both texts stay in their order, and each is in exactly one pair; so pairs are told by how many paragraphs each
 * takes: [[1, 1], [2, 1], [1, 0]].  The written form has equal neighbours once: "1-1x12 2-1 1-0", as the program writes it. */
"use strict";

diglot.pairs = (function () {
  const A = 0, B = 1;

  const parse = (text) => text.split(" ").filter(Boolean).flatMap((word) => {
    const [a, b, times] = word.split(/[-x]/).map(Number);

    return Array.from({ length: times || 1 }, () => [a, b]);
  });

  const format = (pairs) => {
    const words = [];
    let times = 0;

    pairs.forEach(([a, b], i) => {
      const next = pairs[i + 1];

      times++;
      if (next && next[A] === a && next[B] === b)
        return;
      words.push(times > 1 ? `${a}-${b}x${times}` : `${a}-${b}`);
      times = 0;
    });
    return words.join(" ");
  };

  /* Where pairs begin: {first: [a, b], n: [a, b], key}.  The key names a pair by its paragraphs, whatever stands before it. */
  const rows = (pairs) => {
    const at = [0, 0];

    return pairs.map((n) => {
      const first = [...at];

      at[A] += n[A];
      at[B] += n[B];
      return { first, n: [...n], key: `${first[A]}+${n[A]}/${first[B]}+${n[B]}` };
    });
  };

  /* The row that paragraph @index of @side is in. */
  const find = (pairs, side, index) => {
    let end = 0;

    return pairs.findIndex((n) => (end += n[side]) > index);
  };

  /* As the program has them: a paragraph without counterpart is alone, and between two pairs those of the first text come first. */
  const clean = (pairs) => {
    const alone = [0, 0];
    const flush = () => [A, B].flatMap((side) => Array.from({ length: alone[side] }, () => (side === A ? [1, 0] : [0, 1])));
    const result = [];

    for (const n of [...pairs, null]) {
      if (n && (n[A] === 0 || n[B] === 0)) {
        alone[A] += n[A];
        alone[B] += n[B];
        continue;
      }
      result.push(...flush(), ...(n ? [n] : []));
      alone.fill(0);
    }
    return result;
  };
  /* null where nothing has changed. */
  const settle = (next, pairs) => {
    const result = clean(next);

    return format(result) === format(pairs) ? null : result;
  };
  const copy = (pairs) => pairs.map((n) => [...n]);

  /* Each takes pairs and returns new ones, or null where there is nothing to do. */

  const join = (pairs, row) => {
    if (row < 0 || row + 1 >= pairs.length)
      return null;
    const next = copy(pairs);

    next.splice(row, 2, [next[row][A] + next[row + 1][A], next[row][B] + next[row + 1][B]]);
    return settle(next, pairs);
  };

  const unpair = (pairs, row) => {
    if (pairs[row][A] === 0 || pairs[row][B] === 0)
      return null;
    const next = copy(pairs);

    next.splice(row, 1, [pairs[row][A], 0], [0, pairs[row][B]]);
    return settle(next, pairs);
  };

  /* Divides the row that paragraph @index of @side is in: before it, or after it where it is the first; where it is the only one,
   * the other side is divided, or both are parted. */
  const split = (pairs, side, index) => {
    const row = find(pairs, side, index), other = 1 - side;
    const n = pairs[row], next = copy(pairs);
    const place = index - rows(pairs)[row].first[side];
    let cut = [0, 0];

    if (n[side] > 1) {
      cut[side] = place || 1;
      cut[other] = Math.min(cut[side], n[other]);
    } else if (n[other] > 1) {
      cut = [1, 1];
    } else {
      return unpair(pairs, row);
    }
    next.splice(row, 1, cut, [n[A] - cut[A], n[B] - cut[B]]);
    return settle(next, pairs);
  };

  /* Moves paragraph @index of @side into the row above (@step -1) or below (+1), with what stands between; where there is no row, into
   * one of its own. */
  const move = (pairs, side, index, step) => {
    const row = find(pairs, side, index), next = copy(pairs);
    const place = index - rows(pairs)[row].first[side];
    const count = step < 0 ? place + 1 : pairs[row][side] - place;
    let from = row;

    if (!next[row + step]) {
      next.splice(step < 0 ? 0 : next.length, 0, [0, 0]);
      from += step < 0 ? 1 : 0;
    }
    next[from][side] -= count;
    next[from + step][side] += count;
    return settle(next, pairs);
  };

  /* Moves the whole of @side from @row on by one row, up to the first gap, which it fills; what has no row any more gets one. */
  const shift = (pairs, row, side, step) => {
    const next = copy(pairs);

    if (step > 0) {
      let carried = next[row][side];

      next[row][side] = 0;
      for (let i = row + 1; carried > 0; i++) {
        if (i === next.length)
          next.push([0, 0]);
        [next[i][side], carried] = [carried, next[i][side]];
      }
    } else {
      if (row === 0)
        return null;
      next[row - 1][side] += next[row][side];
      for (let i = row; i < next.length; i++) {
        next[i][side] = i + 1 < next.length ? next[i + 1][side] : 0;
        if (next[i][side] === 0)
          break;
      }
    }
    return settle(next, pairs);
  };

  return { parse, format, rows, find, join, unpair, split, move, shift };
})();
