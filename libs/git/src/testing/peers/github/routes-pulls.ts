import { page, PeerBody, type PeerReply, PeerRefusal } from '../peer-http.js';
import type { GithubCall, GithubPeer } from './github-peer.js';
import type { PeerPull, PeerReview } from './model.js';
import { pullShape, reviewShape } from './shapes.js';

const VERDICTS: Readonly<Record<string, PeerReview['state']>> = {
  APPROVE: 'APPROVED',
  REQUEST_CHANGES: 'CHANGES_REQUESTED',
  COMMENT: 'COMMENTED',
};

/** Pull requests: opened, listed, reviewed, merged. */
export function addPullRoutes(peer: GithubPeer): void {
  peer.repo('GET', '/pulls', ['pull_requests', 'read'], ({ world, request }) => {
    const { repository, place } = world;
    const state = request.query.get('state') ?? 'open';
    const [head, base] = [request.query.get('head')?.split(':').at(-1), request.query.get('base')];
    const wanted = repository.pulls.filter(
      (pull) =>
        (state === 'all' || pull.open === (state === 'open')) &&
        (!head || pull.branch === head) &&
        (!base || pull.base === base),
    );
    const sorted =
      request.query.get('sort') === 'updated'
        ? wanted.toSorted((a, b) => b.updatedAt.getTime() - a.updatedAt.getTime())
        : wanted.toReversed();
    // Lists never know whether a pull request merges.
    return page(
      request,
      peer.url,
      sorted.map((pull) => ({
        ...pullShape(place, repository, pull),
        mergeable: undefined,
        merged: undefined,
      })),
    );
  });
  peer.repo('POST', '/pulls', ['pull_requests', 'write'], openPull);
  peer.repo('GET', '/pulls/:number', ['pull_requests', 'read'], async (call) => {
    const pull = pullOf(call);
    await call.world.look(pull);
    return { status: 200, body: pullShape(call.world.place, call.world.repository, pull) };
  });
  peer.repo('PATCH', '/pulls/:number', ['pull_requests', 'write'], (call) => {
    const pull = pullOf(call);
    const { world, token, request } = call;
    const [title, body, state] = ['title', 'body', 'state'].map((name) => request.body.text(name));
    if (title !== undefined || body !== undefined)
      world.edit(token.account, pull, {
        ...(title === undefined ? {} : { title }),
        ...(body === undefined ? {} : { body }),
      });
    if (state !== undefined) {
      if (pull.mergeSha) throw new PeerRefusal(422, { message: 'Validation Failed' });
      world.setOpen(token.account, pull, state === 'open');
    }
    return { status: 200, body: pullShape(world.place, world.repository, pull) };
  });
  peer.repo('GET', '/pulls/:number/files', ['pull_requests', 'read'], async (call) => {
    const pull = pullOf(call);
    const files = await call.world.repository.git.files(pull.baseSha, pull.headSha);
    return page(
      call.request,
      peer.url,
      files.map(({ path, ...file }) => ({ filename: path, ...file })),
    );
  });
  peer.repo('GET', '/pulls/:number/reviews', ['pull_requests', 'read'], (call) => {
    const pull = pullOf(call);
    return page(
      call.request,
      peer.url,
      pull.reviews.map((review) => reviewShape(call.world.place, pull, review)),
    );
  });
  peer.repo('POST', '/pulls/:number/reviews', ['pull_requests', 'write'], review);
  peer.repo('PUT', '/pulls/:number/merge', ['contents', 'write'], merge);
}

function pullOf({ world, request }: GithubCall): PeerPull {
  const found = world.repository.pulls.find(({ number }) => String(number) === request.params['number']);
  if (!found) throw new PeerRefusal(404, { message: 'Not Found' });
  return found;
}

const invalid = (message: string): PeerRefusal =>
  new PeerRefusal(422, {
    message: 'Validation Failed',
    errors: [{ resource: 'PullRequest', code: 'custom', message }],
  });

async function openPull({ world, request, token }: GithubCall): Promise<PeerReply> {
  const { git, pulls } = world.repository;
  const { body } = request;
  const [head = '', base = '', title = ''] = [
    body.text('head')?.split(':').at(-1),
    body.text('base'),
    body.text('title'),
  ];
  const [from, to] = [await git.resolve(`refs/heads/${head}`), await git.resolve(`refs/heads/${base}`)];
  if (!from) throw invalid(`head ${head} is invalid`);
  if (!to) throw invalid(`base ${base} is invalid`);
  if (pulls.some((pull) => pull.open && pull.branch === head && pull.base === base))
    throw invalid(`A pull request already exists for ${world.repository.owner.login}:${head}.`);
  if ((await git.between(to, from)).length === 0) throw invalid(`No commits between ${base} and ${head}`);
  const draft = body.flag('draft') ?? false;
  const pull = await world.openPull(token.account, {
    title,
    body: body.text('body') ?? '',
    head,
    base,
    draft,
  });
  return { status: 201, body: pullShape(world.place, world.repository, pull) };
}

function review(call: GithubCall): PeerReply {
  const { world, request, token } = call;
  const pull = pullOf(call);
  const state = VERDICTS[request.body.text('event') ?? ''];
  if (!state)
    throw new PeerRefusal(422, {
      message: 'Unprocessable Entity',
      errors: ['pending reviews are not of this peer'],
    });
  if (state !== 'COMMENTED' && token.account.login === pull.account.login) {
    const what = state === 'APPROVED' ? 'approve' : 'request changes on';
    throw new PeerRefusal(422, {
      message: 'Unprocessable Entity',
      errors: [`Can not ${what} your own pull request`],
    });
  }
  const comments = (request.body.list('comments') ?? []).map((one) => {
    const comment = new PeerBody(one);
    return {
      path: comment.text('path') ?? '',
      line: Number(comment.fields['line']),
      body: comment.text('body') ?? '',
    };
  });
  const made = world.review(token.account, pull, { state, body: request.body.text('body') ?? '', comments });
  return { status: 200, body: reviewShape(world.place, pull, made) };
}

async function merge(call: GithubCall): Promise<PeerReply> {
  const { world, request, token } = call;
  const pull = pullOf(call);
  const { body } = request;
  const [head, text] = [body.text('sha'), body.text('commit_message')];
  const title = body.text('commit_title') ?? `Merge pull request #${String(pull.number)} from ${pull.branch}`;
  const message = text === undefined || text === '' ? title : `${title}\n\n${text}`;
  const merged = await world.merge(token.account, pull, message, head);
  if (!('sha' in merged)) throw new PeerRefusal(merged.status, { message: merged.message });
  return {
    status: 200,
    body: { sha: merged.sha, merged: true, message: 'Pull Request successfully merged' },
  };
}
