import { diffLines } from './patch';

const PATCH = `diff --git a/roast/gitlog.py b/roast/gitlog.py
index 1..2 100644
--- a/roast/gitlog.py
+++ b/roast/gitlog.py
@@ -18,4 +18,3 @@ def read_log(repo):
 from roast.cache import LogCache
-    raw = run_git(repo)
-    commits = []
+    sha = rev_parse(repo)

@@ -40 +39,2 @@
-last
+last one
\\ No newline at end of file
`;

it('numbers each line before and after', () => {
  expect(diffLines(PATCH).map(({ kind, before, after }) => [kind, before, after])).toEqual([
    ['hunk', null, null],
    ['same', 18, 18],
    ['del', 19, null],
    ['del', 20, null],
    ['add', null, 19],
    ['same', 21, 20],
    ['hunk', null, null],
    ['del', 40, null],
    ['add', null, 39],
    ['note', null, null],
  ]);
});

it('takes a line that looks like a header for the text it is', () => {
  const lines = diffLines('@@ -1 +1 @@\n--- a\n+++ b\n');
  expect(lines.slice(1)).toEqual([
    { kind: 'del', text: '-- a', before: 1, after: null },
    { kind: 'add', text: '++ b', before: null, after: 1 },
  ]);
});

it('finds nothing in a file without a text', () => {
  expect(diffLines('')).toEqual([]);
});
