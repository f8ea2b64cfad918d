export { ADA, AT, GitSandbox, WorkTree } from './testing/git-sandbox.js';
