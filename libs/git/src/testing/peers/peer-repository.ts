import { chmod, mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { BareRepository } from '../../local/bare-repository.js';
import { runGit } from '../../local/git-process.js';
import { ZERO_SHA } from '../../domain/ref-names.js';

export interface PeerAuthor {
  readonly name: string;
  readonly email: string;
  readonly date?: string;
}

export interface PeerCommit {
  readonly sha: string;
  readonly tree: string;
  readonly parents: readonly string[];
  readonly message: string;
  readonly author: Required<PeerAuthor>;
  readonly committer: Required<PeerAuthor>;
  readonly added: readonly string[];
  readonly removed: readonly string[];
  readonly modified: readonly string[];
}

export interface PeerRefMove {
  readonly ref: string;
  readonly before: string;
  readonly after: string;
}

/** Refuses pushes to protected branches as hosts do; the list of them is rewritten with each change of rules. */
const PRE_RECEIVE = `#!/bin/sh
while read -r old new ref; do
  if grep -qxF "$ref" protected 2>/dev/null; then
    sed "s|REF|$ref|" refusal >&2
    exit 1
  fi
done
`;

const identity = (kind: string, { name, email, date }: PeerAuthor): Record<string, string> => ({
  [`GIT_${kind}_NAME`]: name,
  [`GIT_${kind}_EMAIL`]: email,
  ...(date ? { [`GIT_${kind}_DATE`]: date } : {}),
});

/** A bare repository of a peer, worked on by git's own commands. */
export class PeerGitRepository {
  readonly path: string;
  private readonly git: BareRepository;

  private constructor(home: string, path: string) {
    this.path = path;
    this.git = new BareRepository({ home }, path);
  }

  /** @param refusal what git says of a push to a protected branch; `REF` is its name */
  static async make(home: string, path: string, branch: string, refusal: string): Promise<PeerGitRepository> {
    await mkdir(path, { recursive: true });
    await runGit({ home }, ['init', '--quiet', '--bare', `--initial-branch=${branch}`, '--', path]);
    const hook = join(path, 'hooks/pre-receive');
    await mkdir(join(path, 'hooks'), { recursive: true });
    await writeFile(hook, PRE_RECEIVE);
    await chmod(hook, 0o755);
    await writeFile(join(path, 'refusal'), refusal);
    const repository = new PeerGitRepository(home, path);
    await repository.git.must(['config', 'http.receivepack', 'true']);
    return repository;
  }

  async protect(refs: readonly string[]): Promise<void> {
    await writeFile(join(this.path, 'protected'), refs.map((ref) => `${ref}\n`).join(''));
  }

  async remove(): Promise<void> {
    await rm(this.path, { recursive: true, force: true });
  }

  /** Full names and what they point at, ordered. */
  async refs(): Promise<ReadonlyMap<string, string>> {
    const text = await this.git.text([
      'for-each-ref',
      '--format=%(refname) %(objectname)',
      'refs/heads',
      'refs/tags',
    ]);
    const pairs = text.split('\n').flatMap((line): [string, string][] => {
      const [ref, sha] = line.split(' ');
      return ref && sha ? [[ref, sha]] : [];
    });
    return new Map(pairs);
  }

  /** The commit that a branch, a ref or an id stands for. */
  async resolve(revision: string): Promise<string | undefined> {
    const output = await this.git.run([
      'rev-parse',
      '--verify',
      '--quiet',
      '--end-of-options',
      `${revision}^{commit}`,
    ]);
    return output.exitCode === 0 ? output.stdout.toString().trim() : undefined;
  }

  setHead(ref: string): Promise<unknown> {
    return this.git.must(['symbolic-ref', 'HEAD', ref]);
  }

  /** Moves a ref from where it must be. @returns false when it is not there */
  async move(ref: string, to: string | null, from?: string): Promise<boolean> {
    const args = to === null ? ['update-ref', '-d', ref] : ['update-ref', ref, to, ...(from ? [from] : [])];
    return (await this.git.run(args)).exitCode === 0;
  }

  async isAncestor(ancestor: string, descendant: string): Promise<boolean> {
    return (await this.git.run(['merge-base', '--is-ancestor', ancestor, descendant])).exitCode === 0;
  }

  async commit(sha: string): Promise<PeerCommit> {
    const format = ['%T', '%P', '%an', '%ae', '%aI', '%cn', '%ce', '%cI', '%B'].join('%x00');
    const [tree = '', parents = '', an = '', ae = '', ai = '', cn = '', ce = '', ci = '', message = ''] = (
      await this.git.text(['show', '--no-patch', `--format=${format}`, sha])
    ).split('\0');
    const status = await this.git.text([
      'diff-tree',
      '--root',
      '-r',
      '--no-commit-id',
      '--name-status',
      '--no-renames',
      sha,
    ]);
    const files = status
      .split('\n')
      .filter(Boolean)
      .map((line) => line.split('\t'));
    const of = (kind: string): string[] =>
      files.flatMap(([letter, path]) => (letter === kind && path ? [path] : []));
    return {
      sha,
      tree,
      parents: parents.split(' ').filter(Boolean),
      message: message.replace(/\n+$/, ''),
      author: { name: an, email: ae, date: ai },
      committer: { name: cn, email: ce, date: ci },
      added: of('A'),
      removed: of('D'),
      modified: of('M'),
    };
  }

  /** Ids of what `to` has and `from` has not, oldest first. */
  async between(from: string, to: string): Promise<readonly string[]> {
    const known = from === ZERO_SHA ? [] : [`^${from}`];
    const text = await this.git.text(['rev-list', '--reverse', '--topo-order', to, ...known]);
    return text.split('\n').filter(Boolean);
  }

  mergeBase(a: string, b: string): Promise<string> {
    return this.git.text(['merge-base', a, b]);
  }

  /** Files that differ, with their counts and patches. */
  async files(
    base: string,
    head: string,
  ): Promise<
    readonly {
      path: string;
      status: string;
      additions: number;
      deletions: number;
      sha: string;
      patch: string;
    }[]
  > {
    const range = `${base}...${head}`;
    const numbers = (await this.git.text(['diff', '--numstat', '--no-renames', range]))
      .split('\n')
      .filter(Boolean);
    const statuses = (await this.git.text(['diff', '--raw', '--no-abbrev', '--no-renames', range]))
      .split('\n')
      .filter(Boolean);
    const found = [];
    for (const [index, line] of numbers.entries()) {
      const [additions = '0', deletions = '0', path = ''] = line.split('\t');
      const [, , , sha = '', letter = ''] = (statuses[index] ?? '').split(/[ \t]/);
      const full = await this.git.text(['diff', '--no-renames', range, '--', path]);
      const patch = full.slice(Math.max(0, full.indexOf('@@')));
      const status = letter === 'A' ? 'added' : letter === 'D' ? 'removed' : 'modified';
      found.push({
        path,
        status,
        additions: Number(additions) || 0,
        deletions: Number(deletions) || 0,
        sha,
        patch,
      });
    }
    return found;
  }

  /** Merges two commits without a ref. @returns the tree, or undefined for a conflict */
  async trial(ours: string, theirs: string): Promise<string | undefined> {
    const output = await this.git.run(['merge-tree', '--write-tree', ours, theirs]);
    return output.exitCode === 0 ? output.stdout.toString().split('\n')[0]?.trim() : undefined;
  }

  writeCommit(commit: {
    readonly tree: string;
    readonly parents: readonly string[];
    readonly message: string;
    readonly author: PeerAuthor;
    readonly committer: PeerAuthor;
  }): Promise<string> {
    const parents = commit.parents.flatMap((parent) => ['-p', parent]);
    return this.git.text(['commit-tree', ...parents, '-F', '-', commit.tree], {
      input: commit.message,
      env: { ...identity('AUTHOR', commit.author), ...identity('COMMITTER', commit.committer) },
    });
  }

  writeBlob(content: string | Uint8Array): Promise<string> {
    return this.git.text(['hash-object', '-w', '--stdin'], { input: content });
  }

  async readBlob(revision: string, path: string): Promise<{ sha: string; content: Buffer } | undefined> {
    const found = await this.git.run(['rev-parse', '--verify', '--quiet', `${revision}:${path}`]);
    if (found.exitCode !== 0) return undefined;
    const sha = found.stdout.toString().trim();
    return { sha, content: (await this.git.must(['cat-file', 'blob', sha])).stdout };
  }

  /** A tree like `base`'s with these paths changed; null takes one away. */
  async writeTree(
    base: string | null,
    changes: readonly { path: string; sha: string | null; mode?: string }[],
  ): Promise<string> {
    const env = { GIT_INDEX_FILE: join(this.path, `index-${String(process.hrtime.bigint())}`) };
    await this.git.must(['read-tree', ...(base === null ? ['--empty'] : [base])], { env });
    const lines = changes.map(({ path, sha, mode }) =>
      sha === null ? `0 ${ZERO_SHA}\t${path}\0` : `${mode ?? '100644'} ${sha}\t${path}\0`,
    );
    await this.git.must(['update-index', '-z', '--index-info'], { env, input: lines.join('') });
    const tree = await this.git.text(['write-tree'], { env });
    await rm(env.GIT_INDEX_FILE, { force: true });
    return tree;
  }

  /** Writes files on top of a commit, as somebody's own work; no ref moves. */
  async write(
    parent: string | null,
    files: Readonly<Record<string, string | null>>,
    message: string,
    author: PeerAuthor,
  ): Promise<string> {
    const changes = [];
    for (const [path, content] of Object.entries(files))
      changes.push({ path, sha: content === null ? null : await this.writeBlob(content) });
    const tree = await this.writeTree(parent, changes);
    return this.writeCommit({ tree, parents: parent ? [parent] : [], message, author, committer: author });
  }
}

/** What moved between two looks at a repository's refs. */
export function movesBetween(
  before: ReadonlyMap<string, string>,
  after: ReadonlyMap<string, string>,
): readonly PeerRefMove[] {
  const names = [...new Set([...before.keys(), ...after.keys()])].sort();
  return names.flatMap((ref): PeerRefMove[] => {
    const move = { ref, before: before.get(ref) ?? ZERO_SHA, after: after.get(ref) ?? ZERO_SHA };
    return move.before === move.after ? [] : [move];
  });
}
