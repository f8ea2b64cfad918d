import { ZERO_SHA } from '../../../domain/ref-names.js';
import { page, PeerBody, type PeerReply, PeerRefusal } from '../peer-http.js';
import type { PeerAuthor } from '../peer-repository.js';
import type { GithubCall, GithubPeer } from './github-peer.js';
import { commitShape } from './shapes.js';
import type { GithubWorld } from './world.js';

/** Refs, objects, contents and comparisons. */
export function addGitRoutes(peer: GithubPeer): void {
  const refShape = ({ place }: GithubWorld, ref: string, sha: string): object => ({
    ref,
    node_id: `REF_${ref}`,
    url: `${place.api}/repos/${place.fullName}/git/${ref}`,
    object: { type: 'commit', sha, url: `${place.api}/repos/${place.fullName}/git/commits/${sha}` },
  });
  /** The objects API answers so until the first commit. */
  const needCommits = async ({ repository }: GithubWorld): Promise<void> => {
    if ((await repository.git.refs()).size === 0)
      throw new PeerRefusal(409, { message: 'Git Repository is empty.' });
  };

  peer.repo('GET', '/git/matching-refs/*prefix', ['contents', 'read'], async ({ world, request }) => {
    await needCommits(world);
    const prefix = `refs/${request.params['prefix'] ?? ''}`;
    const refs = [...(await world.repository.git.refs())].filter(([ref]) => ref.startsWith(prefix));
    return page(
      request,
      peer.url,
      refs.map(([ref, sha]) => refShape(world, ref, sha)),
    );
  });
  peer.repo('GET', '/git/ref/*ref', ['contents', 'read'], async ({ world, request }) => {
    await needCommits(world);
    const ref = `refs/${request.params['ref'] ?? ''}`;
    const sha = (await world.repository.git.refs()).get(ref);
    if (!sha) throw new PeerRefusal(404, { message: 'Not Found' });
    return { status: 200, body: refShape(world, ref, sha) };
  });
  peer.repo('POST', '/git/refs', ['contents', 'write'], async ({ world, request, token }) => {
    await needCommits(world);
    const [ref = '', sha = ''] = [request.body.text('ref'), request.body.text('sha')];
    const { git } = world.repository;
    if ((await git.refs()).has(ref)) throw new PeerRefusal(422, { message: 'Reference already exists' });
    if (!(await git.resolve(sha))) throw new PeerRefusal(422, { message: 'Object does not exist' });
    await world.changeRefs(token.account, () => git.move(ref, sha, ZERO_SHA));
    return { status: 201, body: refShape(world, ref, sha) };
  });
  peer.repo('PATCH', '/git/refs/*ref', ['contents', 'write'], async ({ world, request, token }) => {
    const ref = `refs/${request.params['ref'] ?? ''}`;
    const sha = request.body.text('sha') ?? '';
    const { git } = world.repository;
    const before = (await git.refs()).get(ref);
    if (!before) throw new PeerRefusal(422, { message: 'Reference does not exist' });
    refuseProtected(world, ref);
    if (!request.body.flag('force') && !(await git.isAncestor(before, sha)))
      throw new PeerRefusal(422, { message: 'Update is not a fast forward' });
    await world.changeRefs(token.account, () => git.move(ref, sha, before));
    return { status: 200, body: refShape(world, ref, sha) };
  });
  peer.repo('DELETE', '/git/refs/*ref', ['contents', 'write'], async ({ world, request, token }) => {
    const ref = `refs/${request.params['ref'] ?? ''}`;
    refuseProtected(world, ref);
    await world.changeRefs(token.account, () => world.repository.git.move(ref, null));
    return { status: 204 };
  });
  peer.repo('POST', '/git/blobs', ['contents', 'write'], async ({ world, request }) => {
    await needCommits(world);
    const { body } = request;
    const encoding = body.text('encoding') === 'base64' ? 'base64' : 'utf8';
    const sha = await world.repository.git.writeBlob(Buffer.from(body.text('content') ?? '', encoding));
    return { status: 201, body: { sha, url: '' } };
  });
  peer.repo('POST', '/git/trees', ['contents', 'write'], async ({ world, request }) => {
    await needCommits(world);
    const entries = (request.body.list('tree') ?? []).map((entry) => new PeerBody(entry));
    const changes = await Promise.all(
      entries.map(async (entry) => {
        const content = entry.text('content');
        const sha =
          content === undefined ? (entry.text('sha') ?? null) : await world.repository.git.writeBlob(content);
        return { path: entry.text('path') ?? '', sha, mode: entry.text('mode') ?? '100644' };
      }),
    );
    const sha = await world.repository.git.writeTree(request.body.text('base_tree') ?? null, changes);
    return { status: 201, body: { sha, url: '', tree: [], truncated: false } };
  });
  peer.repo('POST', '/git/commits', ['contents', 'write'], async ({ world, request, token }) => {
    await needCommits(world);
    const { body } = request;
    const own = {
      name: token.account.login,
      email: `${token.account.login}@users.noreply.peer.invalid`,
      date: peer.clock.iso(),
    };
    const author = 'author' in body.fields ? authorOf(body.inner('author')) : own;
    const committer = 'committer' in body.fields ? authorOf(body.inner('committer')) : author;
    const parents = (body.list('parents') ?? []).map(String);
    const { git } = world.repository;
    const sha = await git.writeCommit({
      tree: body.text('tree') ?? '',
      parents,
      message: body.text('message') ?? '',
      author,
      committer,
    });
    return { status: 201, body: commitShape(world.place, await git.commit(sha)) };
  });
  peer.repo('GET', '/git/commits/:sha', ['contents', 'read'], ({ world, request }) =>
    gitCommit(world, request.params['sha'] ?? ''),
  );
  peer.repo('GET', '/commits/:ref', ['contents', 'read'], async ({ world, request }) => {
    const sha = await resolveName(world, request.params['ref'] ?? '');
    const commit = await world.repository.git.commit(sha);
    const shape = commitShape(world.place, commit);
    return { status: 200, body: { ...shape, commit: shape, parents: shape.parents } };
  });
  peer.repo('GET', '/compare/:range', ['contents', 'read'], compare);
  peer.repo('GET', '/contents/*path', ['contents', 'read'], readContents);
  peer.repo('PUT', '/contents/*path', ['contents', 'write'], writeContents);
}

const authorOf = (body: PeerBody): PeerAuthor => ({
  name: body.text('name') ?? '',
  email: body.text('email') ?? '',
  ...(body.text('date') ? { date: body.text('date') ?? '' } : {}),
});

function refuseProtected(world: GithubWorld, ref: string): void {
  const rules = world.repository.protections.get(ref.replace('refs/heads/', ''));
  if (rules?.pullRequest)
    throw new PeerRefusal(422, { message: 'Changes must be made through a pull request.' });
}

async function resolveName(world: GithubWorld, name: string): Promise<string> {
  const { git } = world.repository;
  const sha =
    (await git.resolve(`refs/heads/${name}`)) ??
    (await git.resolve(`refs/tags/${name}`)) ??
    (await git.resolve(name));
  if (!sha) throw new PeerRefusal(404, { message: 'Not Found' });
  return sha;
}

async function gitCommit(world: GithubWorld, sha: string): Promise<PeerReply> {
  if (!(await world.repository.git.resolve(sha))) throw new PeerRefusal(404, { message: 'Not Found' });
  return { status: 200, body: commitShape(world.place, await world.repository.git.commit(sha)) };
}

async function compare({ world, request }: GithubCall): Promise<PeerReply> {
  const [base = '', head = ''] = (request.params['range'] ?? '').split('...');
  const { git } = world.repository;
  const [from, to] = [await resolveName(world, base), await resolveName(world, head)];
  const [ahead, behind, files] = [
    await git.between(from, to),
    await git.between(to, from),
    await git.files(from, to),
  ];
  const commits = await Promise.all(ahead.map((sha) => git.commit(sha)));
  return {
    status: 200,
    body: {
      status:
        ahead.length > 0
          ? behind.length > 0
            ? 'diverged'
            : 'ahead'
          : behind.length > 0
            ? 'behind'
            : 'identical',
      ahead_by: ahead.length,
      behind_by: behind.length,
      total_commits: ahead.length,
      merge_base_commit: { sha: await git.mergeBase(from, to) },
      commits: commits.map((commit) => ({ sha: commit.sha, commit: commitShape(world.place, commit) })),
      files: files.map(({ path, ...file }) => ({
        filename: path,
        ...file,
        changes: file.additions + file.deletions,
      })),
    },
  };
}

async function readContents({ world, request }: GithubCall): Promise<PeerReply> {
  const path = request.params['path'] ?? '';
  const revision = await resolveName(world, request.query.get('ref') ?? world.repository.defaultBranch);
  const blob = await world.repository.git.readBlob(revision, path);
  if (!blob) throw new PeerRefusal(404, { message: 'Not Found' });
  const { sha, content } = blob;
  const body = {
    type: 'file',
    encoding: 'base64',
    size: content.length,
    name: path.split('/').at(-1),
    path,
    sha,
    content: content.toString('base64'),
  };
  return { status: 200, body };
}

/** Works in an empty repository too, unlike the objects API. */
async function writeContents({ world, request, token }: GithubCall): Promise<PeerReply> {
  const path = request.params['path'] ?? '';
  const { git, defaultBranch } = world.repository;
  const { body } = request;
  const ref = `refs/heads/${body.text('branch') ?? defaultBranch}`;
  refuseProtected(world, ref);
  const parent = (await git.resolve(ref)) ?? null;
  const present = parent === null ? undefined : await git.readBlob(parent, path);
  if (present && body.text('sha') !== present.sha)
    throw new PeerRefusal(409, { message: `${path} does not match ${body.text('sha') ?? ''}` });
  const content = Buffer.from(body.text('content') ?? '', 'base64').toString();
  const own = { name: token.account.login, email: `${token.account.login}@users.noreply.peer.invalid` };
  const author = {
    ...('author' in body.fields ? authorOf(body.inner('author')) : own),
    date: new Date().toISOString(),
  };
  const sha = await git.write(parent, { [path]: content }, body.text('message') ?? '', author);
  await world.changeRefs(token.account, () => git.move(ref, sha, parent ?? ZERO_SHA));
  return {
    status: present ? 200 : 201,
    body: { content: { path }, commit: commitShape(world.place, await git.commit(sha)) },
  };
}
