/** What people ask to have done to software, as imperatives. */
const VERBS_ONLY = `accelerate activate adapt add adjust align allow alphabetize amend analyse analyze animate
  anonymise anonymize append apply archive assign attach authenticate automate autocomplete avoid backfill backport
  blacklist blur bootstrap bring broaden build bundle bump calculate calibrate capitalise capitalize centre center
  change clamp clarify clean clear clone coalesce collapse collect colour colorize combine compile complete
  compress compute configure connect consolidate constrain containerise containerize convert correct create
  crop customise customize deactivate deallocate debounce debug declare decode decommission decouple decrease
  decrypt dedupe deduplicate define deflake defer delete demote denormalize deploy deprecate derive deserialize
  detach detect develop differentiate disable disallow discard dismiss display distinguish dockerise dockerize
  download downgrade downsample duplicate eliminate embed emit enable encapsulate encode encrypt enforce enhance
  enlarge ensure enumerate erase escape establish evict examine exclude execute expand expire expose extend
  extract fetch figure finalise finalize finish fix flatten flesh format generalise generalize generate
  get give gracefully gzip halve handle harden hardcode harmonise harmonize hide highlight hoist hydrate
  identify ignore implement improve include incorporate increase inform initialise initialize inject inline
  insert inspect install instrument integrate intercept internationalise internationalize introduce invalidate
  investigate isolate iterate justify lazy-load let lengthen lint localise localize lower maintain make
  memoise memoize merge migrate minify minimise minimize mirror mitigate modernise modernize modify modularise
  modularize monitor move mute normalise normalize obfuscate omit optimise optimize organise organize overhaul
  override overwrite pad paginate parallelise parallelize parameterise parameterize parse patch pause
  persist populate postpone precompute prefill prefix prepare prepend preserve prevent profile propagate
  protect prototype provide provision prune publish pull purge quantise quantize quote raise randomise randomize
  reactivate rearrange rebuild recalculate recompile reconcile reconnect recreate rectify redact redesign redirect
  redo reduce reenable re-enable refactor refactorize refine reformat refresh regenerate register reimplement
  reindex relax relocate remap remove rename render renew reorder reorganise reorganize repair repeat rephrase
  replace replicate reproduce rescale reset resize resolve restore restrict restructure resubmit retain rethink
  retire retrain retry retrieve reuse revert revise revoke rework rewrite rotate salt sandbox sanitise
  sanitize scaffold secure separate serialise serialize serve set setup sharpen shorten show shrink shuffle
  simplify skip slim snapshot solve specify split squash stabilise stabilize standardise standardize stop
  store streamline strengthen strip stub subscribe suppress swap symlink sync synchronise synchronize tackle
  teach terminate throttle tidy toggle tokenize trace transcode transform translate transpose trap triage
  trim truncate try tune turn tweak unblock uncomment undo unify uninstall unpin unregister unset untangle update
  upgrade upload use validate vectorize vendor verify virtualize visualise visualize warn whitelist widen wire wrap
  write zip adopt bake beef bind bring broadcast buffer bring cap cascade chase chunk code
  craft cover cut dig divide drain draw drive drop dump edit enrich evaluate explore fade feed fill
  flag flip gate go group guard hash hook implement index indent keep kill label link list load lock log
  look mark measure mention mock move name narrow notify open own pack paint park pass pick pin pipe
  place plug polish poll port preload present print probe proxy put queue rate read reject release reload report
  require return revisit rip roll round run sample save scale scan schedule scope scrub seal seed send shard ship
  show sign snap sort speed spin split stream style support switch tag take test thread time train
  transition tree-shake unroll version walk wait-for weigh whittle write bring`;

/** Those that are nouns as well: `test`, `build`. A sentence that starts with one may be no imperative. */
const NOUNS_TOO = `address alert approach archive audit batch benchmark bind block buffer build bundle cache cap cascade
  change check chunk code cover cut cross-check crop damp debug design display document download draft drain draw
  drive drop dump duplicate edit email experiment export fade feed file fill filter flag flip float gate go group
  guard handle hash highlight hook import increase index label layer limit link list load lock log look mark
  measure merge mention mirror mock monitor mount move name open override pack pad paint park pass patch pause
  pick pin pipe place plan plug polish poll port preload present print probe profile prototype proxy prune publish
  pull purge queue quote rate read rebase refactor refresh reject release reload repair repeat report reset resize
  retry return reuse review revert rework roll round run sample sandbox save scale scan schedule scope scroll
  seal seed separate set setup shard shift ship show shuffle sign snapshot sort speed spell spin split squash
  stage start stop store stream strip style stub support swap switch sync table tag test thread time trace
  track trail train transform transition translate trap triage trim try tune turn tweak undo update upgrade upload
  use vendor version view walk warm watch wire work wrap write zip zoom back complete correct direct free
  lower open secure slow warm empty narrow clean clear double smooth`;

const words = (text: string): string[] => text.trim().split(/\s+/);
const WORK_VERBS = new Set([...words(VERBS_ONLY), ...words(NOUNS_TOO)]);
const ALSO_NOUNS = new Set(words(NOUNS_TOO));

/** Verbs that ask for an answer, for attention, for manners, or for a step of work that exists already. */
const OTHER_VERBS = new Set(
  words(`accept acknowledge act admit advise agree approve argue ask assume attend await be bear beat behave believe
  bet blame breathe bring-up bug buy call calm care cc celebrate chat cheer choose close come comment compare-notes
  confirm congratulate consider contact cook count dance dare decide depend die disagree discuss do doubt dream
  drink eat elaborate email enjoy excuse expect explain fall feel focus follow force-push forget forgive fuck get-well grab
  greet guess hang happen hate have hear help hit hold hope hurry imagine introduce-yourself join joke jump keep know
  laugh learn leave lend like listen live look-forward lose love meet mind miss need nudge pair pardon
  pay ping plan play please praise pray promise quit reach react read realise realize rebase recall reckon
  recommend rejoin relax-please rely remain remember remind reply request respond rest review say scream see seem share
  shout sit sleep slow smile sound speak stand start stay step stick suggest suppose swear talk tell thank think
  touch trust understand visit vote wait wake walk want watch welcome wish wonder work worry yell message dm
  merge push pull relax raise-hand hand mean let guess keep take give make bring put go set read`),
);
/** In front of an object, these are work all the same: `make the sidebar collapsible`. */
const WITH_OBJECT = new Set(
  words('bring focus follow give go introduce keep let make put raise read set share take'),
);

/** Not verbs, though they may stand before an article. */
const NO_VERBS = new Set(
  words(`about above across after against all alongside also although am among and another any anyway are around as at
  aside atop back because been before behind being below beneath beside besides between beyond both but by came can
  concerning could despite did does down during each either else even ever every except far few for from given
  guess had half has he hello her here hey hi his how however i if in inside instead into is isnt it its just last
  later less like many maybe me mere might more most much must my near neither never next no none nor not now of off
  often on once one only onto or other otherwise our out outside over per perhaps plus quite rather re regarding
  same several she should since so some sometimes soon still such than that the their them then there these they
  this those though through throughout till to today together tomorrow too toward towards under underneath unless
  unlike until up upon us usually versus very via was we were what whatever when whenever where whereas wherever
  whether which while who whoever whole whom whose why will with within without would yes yesterday yet you
  your yup nope okay wow thanks cool nice great good bad big new old first second third apparently found made
  built got saw took went left ran broke wrote sent lost kept gave forgot chose knew thought bought brought caught
  felt fought held led met paid said sold spent told understood won began drew drove fell grew hid spoke stood
  threw wore fyi btw lol afaik imo imho ps eta wip lgtm tbh iirc sorry congrats kudos cheers`),
);

const IRREGULAR: Readonly<Record<string, string>> = {
  built: 'build',
  brought: 'bring',
  chosen: 'choose',
  cut: 'cut',
  done: 'do',
  drawn: 'draw',
  driven: 'drive',
  fed: 'feed',
  found: 'find',
  given: 'give',
  gone: 'go',
  got: 'get',
  hidden: 'hide',
  kept: 'keep',
  left: 'leave',
  made: 'make',
  overridden: 'override',
  put: 'put',
  read: 'read',
  rebuilt: 'rebuild',
  redone: 'redo',
  reset: 'reset',
  rewritten: 'rewrite',
  run: 'run',
  sent: 'send',
  set: 'set',
  shown: 'show',
  shrunk: 'shrink',
  split: 'split',
  spun: 'spin',
  taken: 'take',
  taught: 'teach',
  thrown: 'throw',
  undone: 'undo',
  written: 'write',
};

const GERUNDS = new Map<string, string>();
const PARTICIPLES = new Map<string, string>(Object.entries(IRREGULAR));
for (const verb of WORK_VERBS) {
  GERUNDS.set(gerundOf(verb), verb);
  for (const past of pastsOf(verb)) if (!PARTICIPLES.has(past)) PARTICIPLES.set(past, verb);
}

function doubles(verb: string): boolean {
  return (
    /^[a-z]{0,3}[^aeiou][aeiou][bdgklmnprtz]$/.test(verb) &&
    !/(?:er|en|on|it|or|et|al|om)$/.test(verb.slice(2))
  );
}

function pastsOf(verb: string): string[] {
  if (verb.endsWith('e')) return [`${verb}d`];
  if (/[^aeiou]y$/.test(verb)) return [`${verb.slice(0, -1)}ied`];
  return [`${verb}ed`, `${verb}${verb.at(-1) ?? ''}ed`];
}

/** `add` → `adding`, `run` → `running`. */
export function gerundOf(verb: string): string {
  if (/ie$/.test(verb)) return `${verb.slice(0, -2)}ying`;
  if (/[^eoy]e$/.test(verb)) return `${verb.slice(0, -1)}ing`;
  return doubles(verb) ? `${verb}${verb.at(-1) ?? ''}ing` : `${verb}ing`;
}

/** `crashes` → `crash`, `tries` → `try`. */
export function baseOfThird(word: string): string {
  if (/^(?:is|are)$/.test(word)) return 'be';
  if (word === 'has') return 'have';
  if (/[^aeiou]ies$/.test(word)) return `${word.slice(0, -3)}y`;
  if (/(?:sh|ch|ss|x|zz|o)es$/.test(word)) return word.slice(0, -2);
  return word.replace(/(?<=[a-z]{2})s$/, '');
}

const lower = (word: string): string => word.toLowerCase();
/** `rerun`, `re-encode`: a verb of work once more. */
const isRepeated = (word: string): boolean =>
  /^re-?[a-z]{3,}$/.test(word) && WORK_VERBS.has(word.replace(/^re-?/, ''));
export const isWorkVerb = (word: string): boolean => WORK_VERBS.has(lower(word)) || isRepeated(lower(word));
export const isAlsoNoun = (word: string): boolean => ALSO_NOUNS.has(lower(word));
export const isParticiple = (word: string): boolean => PARTICIPLES.has(lower(word));
export const isOtherVerb = (word: string): boolean => OTHER_VERBS.has(lower(word));
export const wantsObject = (word: string): boolean => WITH_OBJECT.has(lower(word));

/** A word that could be the base form of a verb that is not in the list. */
export const mayBeVerb = (word: string): boolean =>
  /^[a-z][a-z-]{2,}$/i.test(word) &&
  !/(?:ed|ing|ly|[^s]s|tion|ment|ness|ity)$/i.test(word) &&
  !NO_VERBS.has(lower(word));

/** `adding` → `add`. */
export function verbOfGerund(word: string): string | undefined {
  const known = GERUNDS.get(lower(word));
  if (known !== undefined) return known;
  const stem = /^([a-z]{3,})ing$/i.exec(word)?.[1];
  return stem === undefined ? undefined : lower(stem).replace(/([bdgmnprt])\1$/, '$1');
}

/** `added` → `add`. */
export const verbOfParticiple = (word: string): string | undefined => PARTICIPLES.get(lower(word));
