/** What people ask to have done to software, in the form of an imperative. */
const WORK_VERBS = new Set(
  `add adjust align allow analyse analyze animate archive assign audit automate avoid batch benchmark bootstrap bring
   build bump bundle cache change check clean collapse compress configure connect containerise containerize convert
   correct cover create deduplicate dedupe define delete deploy deprecate design detect disable display dockerise
   dockerize document draft drop enable encrypt ensure escape expand expose extend extract figure filter find finish
   fix format generate give group handle harden hide highlight hook implement import improve include increase index
   inline install integrate introduce investigate label limit lint localise localize lock log look make mark measure
   migrate mock modernise modernize monitor move normalise normalize optimise optimize paginate parallelise
   parallelize parse patch pin polish port prepare prevent profile protect provide publish reduce redesign redirect
   refactor release remove rename render reorganise reorganize repair replace report reproduce rerun resize resolve
   restore restore restructure retry return reuse revert review rewrite rework rotate run sanitise sanitize save
   scaffold schedule secure seed send set setup shorten show simplify skip sort speed split squash standardise
   standardize store stream stub style support swap switch sync tag test theme throttle tidy track translate trim turn
   tweak unify uninstall update upgrade use validate verify wire wrap write`.split(/\s+/),
);

/** Those that are nouns as well: `test`, `build`. A sentence that starts with one may be no imperative. */
const ALSO_NOUNS = new Set(
  `archive audit batch benchmark build cache change check cover design display document draft drop export filter fix
   format group handle hook import increase index label limit lint lock log mark measure mock move patch pin port
   profile release report retry return review run schedule seed set setup show sort speed split squash store stream
   style support switch tag test theme track trim turn tweak update upgrade use wrap`.split(/\s+/),
);

const GERUNDS = new Map<string, string>();
const PARTICIPLES = new Set(
  `built brought cut done found made rewritten rewrote run sent set shown split written`.split(' '),
);
for (const verb of WORK_VERBS) {
  const stem = verb.endsWith('e') ? verb.slice(0, -1) : verb;
  const doubled = `${verb}${verb.at(-1) ?? ''}`;
  for (const form of [`${stem}ing`, `${doubled}ing`]) GERUNDS.set(form, verb);
  const past = verb.endsWith('y') ? `${verb.slice(0, -1)}ied` : `${stem}ed`;
  for (const form of [past, `${doubled}ed`]) PARTICIPLES.add(form);
}

export const isWorkVerb = (word: string): boolean => WORK_VERBS.has(word.toLowerCase());
export const isAlsoNoun = (word: string): boolean => ALSO_NOUNS.has(word.toLowerCase());
export const isParticiple = (word: string): boolean => PARTICIPLES.has(word.toLowerCase());

/** `adding` → `add`. */
export const verbOfGerund = (word: string): string | undefined => GERUNDS.get(word.toLowerCase());
