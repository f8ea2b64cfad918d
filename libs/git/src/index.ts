export { assertGitVersion } from './local/git-version.js';
export { HookServer } from './local/hook-server.js';
export { writeHooksFolder } from './local/hooks-folder.js';
export { parseSmartRequest } from './smart-http/smart-path.js';
export { SmartHttp } from './smart-http/smart-http.js';
