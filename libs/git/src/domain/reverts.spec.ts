import { revertedBefore, revertedBy } from './reverts.js';

const [A, B] = ['a'.repeat(40), 'b'.repeat(40)];

it.each<[string, string, readonly string[]]>([
  ['a revert', `Revert "Work"\n\nThis reverts commit ${A}.\n`, [A]],
  [
    'a revert of a merge',
    `Revert "Merge"\n\nThis reverts commit ${A}, reversing\nchanges made to ${B}.\n`,
    [A],
  ],
  ['several at once', `Undo\n\nThis reverts commit ${A}.\nThis reverts commit ${B}.\n`, [A, B]],
  ['one named twice', `This reverts commit ${A}.\nThis reverts commit ${A}.`, [A]],
  ['a quotation', `> This reverts commit ${A}.`, []],
  ['a short name', 'This reverts commit abc1234.', []],
  ['other talk', `Don't revert commit ${A}`, []],
])('what %s takes back', (_, message, shas) => {
  expect(revertedBy(message)).toEqual(shas);
});

it('leaves out what came and went together', () => {
  const commits = [
    { sha: A, message: 'Work' },
    { sha: 'c'.repeat(40), message: `Revert\n\nThis reverts commit ${A}.\nThis reverts commit ${B}.` },
  ];
  expect(revertedBefore(commits)).toEqual([B]);
});
