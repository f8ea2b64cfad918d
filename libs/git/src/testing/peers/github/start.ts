import { GithubPeer } from './github-peer.js';
import { addAppRoutes } from './routes-app.js';
import { addCheckRoutes } from './routes-checks.js';
import { addGitRoutes } from './routes-git.js';
import { addHookRoutes } from './routes-hooks.js';
import { addPullRoutes } from './routes-pulls.js';
import { addRepositoryRoutes } from './routes-repositories.js';

/** Starts a GitHub on a free port of loopback. */
export async function startGithubPeer(): Promise<GithubPeer> {
  const peer = await GithubPeer.open();
  addAppRoutes(peer);
  addRepositoryRoutes(peer);
  addGitRoutes(peer);
  addPullRoutes(peer);
  addCheckRoutes(peer);
  addHookRoutes(peer);
  await peer.http.start();
  return peer;
}
