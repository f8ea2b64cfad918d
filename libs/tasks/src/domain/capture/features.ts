import { isClosed, isDreamy, isElsewhere, isInHand, isOwnTalk } from './guards.js';
import { takeHandles } from './handles.js';
import { takeLeadIn } from './lead-in.js';
import { baseOfThird, isAlsoNoun, isParticiple, isWorkVerb, verbOfGerund } from './verbs.js';

/** Words that carry the form of a sentence; of all others the kind of word and the stem count. */
const FORM_WORDS = new Set(
  `a an the and or but if so because when whenever while once after before since until unless as than then also too just
  only still again already always never sometimes not no nobody nothing none without to of in on at for from with by
  into over instead i me my we us our you your u he she they them it its this that these those there here who what which
  where why how whether someone somebody anyone anybody everyone can could would will should shall must may might need
  needs needed have has had do does did is are was were be been being am get gets got let lets let's please pls plz
  kindly thanks thank thx maybe perhaps hopefully i'd i'll i'm i've we'd we'll we're we've you'd it'd it's that's there's
  can't cannot couldn't won't wouldn't don't doesn't didn't isn't aren't wasn't shouldn't haven't hasn't any some every
  all more less better worse new old wrong broken missing slow empty bug error issue problem crash fails fail red todo
  nice great good cool love like want wants wish hope think guess believe know see look looks seems ok okay yes no now
  today tomorrow yesterday later soon next last first done fixed merged works work working deployed added yet anymore
  longer able possible time idea chance mind way`.split(/\s+/),
);

const kindOf = (word: string): string => {
  if (/^@/.test(word)) return '@';
  if (/^t-\d+/.test(word)) return 'KEY';
  if (/^["'“”`]/.test(word)) return 'CODE';
  if (/[/_*\\]|\.\w{1,5}$|^--?\w/.test(word)) return 'PATH';
  if (/\d/.test(word)) return 'NUM';
  if (/ing$/.test(word) && word.length > 4)
    return verbOfGerund(word) !== undefined && isWorkVerb(verbOfGerund(word) ?? '') ? 'VING' : 'ING';
  if (isWorkVerb(word)) return isAlsoNoun(word) ? 'VN' : 'V';
  if (isParticiple(word)) return 'PP';
  if (/ed$/.test(word)) return 'ED';
  if (/[^s]s$/.test(word)) return isWorkVerb(baseOfThird(word)) ? 'VS' : 'S';
  if (/ly$/.test(word)) return 'LY';
  return 'W';
};

const stemOf = (word: string): string => word.replace(/(?:ing|ed|es|s|e)$/, '').slice(0, 7);

/** The marks by which a sentence is told to ask for something or not; each once. */
export function featuresOf(sentence: string): string[] {
  const words = sentence
    .toLowerCase()
    .replace(/[’]/g, "'")
    .match(/@?[\p{L}\p{N}`"“][\p{L}\p{N}'`"”_./*@-]*|[?!:]|--?\w+/gu);
  if (words === null) return [];
  const plain = words.slice(0, 40).map((word) => word.replace(/[.,'"]+$/, ''));
  const kinds = plain.map((word) => (FORM_WORDS.has(word) || /^[?!:]$/.test(word) ? word : kindOf(word)));
  const found = new Set<string>();
  for (const [at, kind] of kinds.entries()) {
    const next = kinds[at + 1] ?? '$';
    const before = kinds[at - 1] ?? '^';
    found.add(kind).add(`${kind} ${next}`).add(`${before} ${kind} ${next}`);
    found.add(`=${stemOf(plain[at] ?? '')}`);
    if (at < 3) found.add(`${at}:${kind}`);
  }
  found.add(`0=${stemOf(plain[0] ?? '')}`).add(`^ ${kinds.slice(0, 3).join(' ')}`);
  found.add(`len${Math.min(6, Math.floor(plain.length / 4))}`);
  for (const [mark, holds] of marksOf(sentence)) if (holds) found.add(`!${mark}`);
  return [...found];
}

/** What the rules know of a sentence without judging it. */
function marksOf(sentence: string): [string, boolean][] {
  const { rest, asked } = takeHandles(sentence);
  const bare = takeLeadIn(rest).rest;
  return [
    ['own', isOwnTalk(bare)],
    ['closed', isClosed(bare)],
    ['dreamy', isDreamy(sentence)],
    ['elsewhere', isElsewhere(sentence)],
    ['in hand', isInHand(sentence)],
    ['named', asked.length > 0],
    ['question', /\?\s*$/.test(sentence)],
    ['verb first', isWorkVerb(bare.split(/\s+/)[0] ?? '')],
  ];
}
