// Which file may import which. Each rule's comment says what to do instead; each rule has a planted
// violation in boundaries/planted, and boundaries.spec.ts proves that it fires there and only there.

const TESTS = '\\.spec\\.ts$|/src/testing(/|\\.ts$)|/test/';
const INSIDE = '^(libs|apps)/[^/]+/src/';
const FRONT_DOOR = '^(libs|apps)/[^/]+/src/(index|testing)\\.ts$';
const DOMAIN = '^libs/[^/]+/src/domain/';

const FOUNDATION = ['contracts', 'kernel'];
const PLUMBING = ['config', 'database', 'events', 'commands', 'limits'];
/** Used by apps alone: what all transports share, and the composition of all capabilities. */
const COMPOSITION = ['http', 'platform'];
/** Capability → the capabilities that it may know (docs/adr/0003-edges-between-domain-libs.md). */
const CAPABILITIES = {
  auth: [],
  rooms: ['auth'],
  tasks: ['auth', 'rooms'],
  chat: ['auth', 'rooms', 'tasks'],
  git: ['auth', 'rooms', 'tasks'],
  reputation: ['auth', 'rooms'],
  spectators: ['auth', 'rooms'],
  notifications: ['auth', 'rooms'],
  admin: ['auth', 'rooms'],
};

const libs = (...names) => `^libs/(${names.flat().join('|')})/`;

const rule = (name, comment, from, to) => ({ name, comment, severity: 'error', from, to });

const layers = [
  rule(
    'libs-never-see-apps',
    'Apps compose libs. Move what is shared into a lib.',
    { path: '^libs/' },
    { path: '^apps/' },
  ),
  rule(
    'foundation-stands-alone',
    'contracts and kernel are used by everything, in browsers too: they import no other lib.',
    { path: libs(FOUNDATION) },
    { path: '^libs/', pathNot: ['^libs/contracts/src/', '^libs/kernel/src/'] },
  ),
  rule(
    'contracts-are-plain',
    'contracts hold types and constants, without any package or built-in module.',
    { path: libs('contracts'), pathNot: TESTS },
    { pathNot: '^libs/contracts/' },
  ),
  rule(
    'plumbing-knows-no-capability',
    'config, database, events, commands and limits serve every capability: declare a port here, let platform bind it.',
    { path: libs(PLUMBING) },
    { path: libs(Object.keys(CAPABILITIES), COMPOSITION) },
  ),
  rule(
    'composition-is-for-apps',
    'Only apps import http and platform (platform may use http).',
    { path: '^libs/', pathNot: libs(COMPOSITION) },
    { path: libs(COMPOSITION) },
  ),
  rule(
    'http-knows-no-capability',
    'http is what all transports share; what belongs to one capability is wired in platform or in the app.',
    { path: libs('http') },
    { path: libs(Object.keys(CAPABILITIES), 'platform') },
  ),
  rule(
    'sdk-needs-contracts-only',
    'The SDK is published and runs in browsers.',
    { path: libs('agent-sdk') },
    { path: '^libs/', pathNot: libs('agent-sdk', 'contracts') },
  ),
];

const edges = Object.entries(CAPABILITIES).map(([name, known]) =>
  rule(
    `edges-of-${name}`,
    'An edge between capabilities is a decision: see docs/adr/0003. Else use an event, or a port bound in platform.',
    { path: libs(name) },
    { path: libs(Object.keys(CAPABILITIES)), pathNot: libs(name, known) },
  ),
);

const insideLibs = [
  rule(
    'domain-is-plain',
    'Rules are pure functions over plain values: hand them what they need. Only built-ins that compute are allowed.',
    { path: DOMAIN, pathNot: TESTS },
    { pathNot: [DOMAIN, libs(FOUNDATION), '^(node:)?(crypto|zlib|path)$'] },
  ),
  rule(
    'persistence-never-sees-application',
    'Use cases call SQL, SQL calls nobody (docs/adr/0002).',
    { path: '^libs/[^/]+/src/persistence/', pathNot: TESTS },
    { path: '^libs/[^/]+/src/application/' },
  ),
  rule(
    'orm-lives-in-persistence',
    'SQL and its drivers belong to persistence/ and libs/database (docs/adr/0004).',
    {
      path: '^(libs|apps)/',
      pathNot: ['/persistence/', libs('database', 'platform'), '^apps/server/src/embedded/', TESTS],
    },
    { path: '(^|/)node_modules/(typeorm|pg|@nestjs/typeorm)/' },
  ),
  rule(
    'no-transport-in-libs',
    'A use case does not know whether it was called over REST or a socket.',
    { path: '^libs/', pathNot: [libs('http', 'agent-sdk'), TESTS] },
    {
      path: '(^|/)node_modules/(socket\\.io|express|fastify|@fastify/[^/]+|@nestjs/(websockets|platform-[^/]+))/',
    },
  ),
  rule(
    'front-door-only',
    'Import the package (@clawtank/name), whose index.ts says what is public; export it there if it should be.',
    { path: '^(libs|apps)/([^/]+)/' },
    { path: INSIDE, pathNot: ['^$1/$2/', FRONT_DOOR] },
  ),
  rule(
    'tools-use-front-doors',
    'demo, cluster, faults, simulation, e2e and bench import packages as anybody would.',
    { path: '^(demo|cluster|faults|simulation|e2e|bench)/' },
    { path: INSIDE, pathNot: FRONT_DOOR },
  ),
  rule(
    'testing-is-for-tests',
    'Builders and spec files are no part of the product.',
    { path: '^(libs|apps)/', pathNot: TESTS },
    { path: '\\.spec\\.ts$|/src/testing(/|\\.ts$)' },
  ),
];

const apps = [
  rule(
    'apps-stand-alone',
    'Each app is deployable by itself; only server, which composes them all into one process, imports others.',
    { path: '^apps/([^/]+)/', pathNot: '^apps/server/' },
    { path: '^apps/', pathNot: '^apps/$1/' },
  ),
  rule(
    'clients-speak-the-protocol',
    'Command line, pages, demo and browsers know the contract and the SDK, nothing of the server; the stages for rooms on code hosts stand in for those hosts.',
    { path: '^(apps/(cli|web)|demo|cluster|faults|simulation)/', pathNot: [TESTS, '^demo/src/hosts/'] },
    { path: '^(libs|apps)/', pathNot: ['^apps/(cli|web)/', libs('contracts', 'agent-sdk')] },
  ),
  rule(
    'stages-need-peers-only',
    'What stands in for a code host takes the peers that tests have, by their front door.',
    { path: '^demo/src/hosts/', pathNot: TESTS },
    { path: '^(libs|apps)/', pathNot: '^libs/git/src/testing\\.ts$' },
  ),
];

const everywhere = [
  rule(
    'no-unresolved',
    'An import that leads nowhere would escape every other rule.',
    {},
    { couldNotResolve: true, pathNot: '\\.css$' },
  ),
  rule(
    'only-declared-packages',
    'Declare the package in the package.json of the lib or app that imports it.',
    { path: '^(libs|apps)/', pathNot: TESTS },
    { dependencyTypes: ['npm-no-pkg', 'npm-unknown'] },
  ),
  rule(
    'no-cycles',
    'Move what both need into a third file, or reverse one arrow by a port.',
    {},
    { circular: true },
  ),
];

module.exports = {
  forbidden: [...layers, ...edges, ...insideLibs, ...apps, ...everywhere],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '(^|/)(dist|\\.next)/|(^|/)next-env\\.d\\.ts$' },
    tsPreCompilationDeps: true,
    // Without exportsFields workspace imports stay unresolved and escape the rules.
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['types', 'import', 'require', 'default'],
      // Packages of types alone have no other entry.
      mainFields: ['module', 'main', 'types'],
      extensions: ['.ts', '.tsx', '.mts', '.js', '.mjs', '.cjs', '.json'],
    },
  },
};
