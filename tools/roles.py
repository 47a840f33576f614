#!/usr/bin/env python3
"""roles.py FOLDER...: what the lines of each role are like, as the figures in src/read/scores.c have it.

A FOLDER holds dispatches, NAME.txt in UTF-8, and their truth, NAME.truth.json, of the form of --to json: "lines" with their roles, "body" with
the lines of each paragraph. Others are passed over."""
import collections
import glob
import json
import re
import sys

LINE_END = re.compile('\r\n|[\n\r\x0b\x85\u2028\u2029]')
STOPS = '.!?؟۔।。…'
WORDS = ((1, 1), (2, 2), (3, 3), (4, 5), (6, 18), (19, 26), (27, 40), (41, 10000))


def read(folders):
    for name in sorted(name for folder in folders for name in glob.glob(folder + '/*.truth.json')):
        with open(name, encoding='utf-8') as file:
            truth = json.load(file)
        try:
            with open(name.replace('.truth.json', '.txt'), encoding='utf-8-sig', newline='') as file:
                lines = LINE_END.split(file.read())
        except (OSError, UnicodeDecodeError):
            continue
        if isinstance(truth, dict) and 'lines' in truth:
            yield truth, [line.strip() for line in lines]


def is_closed(line):
    return line.rstrip('"”»’\')]')[-1:] in STOPS


def main(folders):
    lines_of, closed, n, languages = collections.defaultdict(list), [], 0, set()
    for truth, lines in read(folders):
        n += 1
        languages.update(truth.get('languages', {}).values())
        for line in truth['lines']:
            if line['n'] <= len(lines) and lines[line['n'] - 1]:
                lines_of[line['role']].append(lines[line['n'] - 1])
        for side in 'ab':
            ends = [lines[paragraph[-1] - 1] for paragraph in truth.get('body', {}).get(side, []) if paragraph[-1] <= len(lines)]
            if len(ends) >= 3:
                closed.append(sum(map(is_closed, ends)) / len(ends))
    print(f'{n} dispatches in {len(languages)} languages')
    print('role            lines  characters: median, 99 of 100, most  words: median, most')
    for role, own in sorted(lines_of.items()):
        sizes, words = sorted(map(len, own)), sorted(len(line.split()) for line in own)
        print(f'{role:14} {len(own):6} {sizes[len(own) // 2]:19} {sizes[int(.99 * (len(own) - 1))]:11} {sizes[-1]:5} {words[len(own) // 2]:14} {words[-1]:5}')
    print('words          of headlines   of body lines')
    for low, high in WORDS:
        shares = [sum(low <= len(line.split()) <= high for line in lines_of[role]) / max(len(lines_of[role]), 1) for role in ('headline', 'body')]
        print(f'{low:5} to {high:5} {shares[0]:13.3f} {shares[1]:13.3f}')
    print(f'texts of which three of four paragraphs end as sentences do: {sum(share >= .75 for share in closed) / max(len(closed), 1):.3f} of {len(closed)}')


if __name__ == '__main__':
    main(sys.argv[1:])
