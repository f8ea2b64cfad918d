import { lackingPermissions } from './app-permissions.js';

const ALL = {
  contents: 'write',
  pull_requests: 'write',
  statuses: 'write',
  checks: 'read',
  repository_hooks: 'write',
};

it.each([
  ['nothing, where all is granted', { ...ALL, metadata: 'read' }, []],
  ['nothing, where more is granted', { ...ALL, checks: 'write', contents: 'admin' }, []],
  ['what is granted to read only', { ...ALL, contents: 'read' }, ['contents: write']],
  ['what is not granted', { ...ALL, checks: undefined }, ['checks: read']],
])('an App lacks %s', (_name, granted, lacking) => {
  expect(lackingPermissions(granted)).toEqual(lacking);
});
