// templates/gallery/pairs.js by itself: whatever is done to pairs, every paragraph stays, in its place and once.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import vm from 'node:vm';

const context = vm.createContext({ diglot: {} });

vm.runInContext(readFileSync(new URL('../../templates/gallery/pairs.js', import.meta.url), 'utf8'), context);
const P = context.diglot.pairs;
const apply = (name, pairs, ...rest) => { const result = P[name](P.parse(pairs), ...rest); return result && P.format(result); };

// All series of pairs of @a and @b paragraphs.
function* series(a, b) {
  if (a === 0 && b === 0)
    yield [];
  for (let i = 0; i <= a; i++)
    for (let j = 0; j <= b; j++)
      if (i + j > 0)
        for (const rest of series(a - i, b - j))
          yield [[i, j], ...rest];
}

test('the written form comes back', () => {
  assert.equal(P.format(P.parse('1-1x12 2-1 1-0 10-0')), '1-1x12 2-1 1-0 10-0');
  assert.equal(P.format([[1, 1], [1, 1], [0, 2]]), '1-1x2 0-2');
  assert.equal(P.format(P.parse('')), '');
});

test('join, split, unpair', () => {
  assert.equal(apply('join', '1-1 1-0 2-1', 0), '2-1x2');
  assert.equal(apply('join', '1-1 1-0', 1), null);
  assert.equal(apply('split', '3-2 1-1', 0, 1), '1-1 2-1 1-1');
  assert.equal(apply('split', '3-1', 0, 2), '2-1 1-0');
  assert.equal(apply('split', '3-1', 0, 0), '1-1 1-0x2');
  assert.equal(apply('split', '1-2', 0, 0), '1-1 0-1');
  assert.equal(apply('split', '1-1', 1, 0), '1-0 0-1');
  assert.equal(apply('split', '1-0', 0, 0), null);
  assert.equal(apply('unpair', '1-1 2-1', 1), '1-1 1-0x2 0-1');
  assert.equal(apply('join', '1-0x2', 0), null);
  assert.equal(apply('unpair', '1-0', 0), null);
});

test('move takes what stands between', () => {
  assert.equal(apply('move', '1-1 2-1 1-1', 0, 1, -1), '2-1 1-1x2');
  assert.equal(apply('move', '1-1 2-1 1-1', 0, 2, -1), '3-1 0-1 1-1');
  assert.equal(apply('move', '1-1 2-1 1-1', 0, 2, 1), '1-1x2 2-1');
  assert.equal(apply('move', '1-1', 0, 0, -1), '1-0 0-1');
  assert.equal(apply('move', '1-1', 0, 0, 1), '1-0 0-1');
  assert.equal(apply('move', '1-0 0-1', 0, 0, -1), null);
});

test('shift goes on to the first gap', () => {
  assert.equal(apply('shift', '1-1x3 1-0 1-1', 0, 1, 1), '1-0 1-1x4');
  assert.equal(apply('shift', '1-1x3', 1, 0, 1), '1-1 0-1 1-1 1-0');
  assert.equal(apply('shift', '1-0 1-1x2', 1, 1, -1), '1-1x2 1-0');
  assert.equal(apply('shift', '1-1x2 1-0 1-1', 1, 1, -1), '1-2 1-0x2 1-1');
  assert.equal(apply('shift', '1-1', 0, 0, -1), null);
});

test('no paragraph is lost, doubled or left in an empty pair', () => {
  let n = 0;

  for (const [a, b] of [[3, 3], [4, 2], [1, 3], [0, 2]])
    for (const pairs of series(a, b)) {
      const before = P.format(pairs);
      const results = pairs.flatMap((_, row) => [P.join(pairs, row), P.unpair(pairs, row), ...[0, 1].flatMap(side => [-1, 1].map(step => P.shift(pairs, row, side, step)))]);

      for (const [side, count] of [a, b].entries())
        for (let index = 0; index < count; index++)
          results.push(P.split(pairs, side, index), P.move(pairs, side, index, -1), P.move(pairs, side, index, 1));
      for (const result of results.filter(Boolean)) {
        assert.deepEqual([0, 1].map(side => result.reduce((sum, pair) => sum + pair[side], 0)), [a, b], `${before} → ${P.format(result)}`);
        assert.ok(result.every(([i, j]) => i >= 0 && j >= 0 && i + j > 0), `${before} → ${P.format(result)}`);
        assert.ok(result.every(([i, j]) => i * j > 0 || i + j === 1), `${before} → ${P.format(result)}`);
        n++;
      }
      assert.equal(P.format(pairs), before);
    }
  assert.ok(n > 1000);
});
