import { isAlsoNoun, isOtherVerb, isWorkVerb, mayBeVerb, verbOfGerund, wantsObject } from './verbs.js';

/** Verbs of work in several words. */
const PHRASE =
  /^(?:get rid of|take care of|take over|take down|set up|roll (?:back|out)|back up|back out|clean up|tidy up|speed up|wire up|hook up|spin up|bring (?:back|down|up)|write (?:down|up)|pick up|go (?:through|over)|look (?:into|at|for|after|through)|have (?:a|another) (?:\w+ )?(?:look|stab|crack|shot|pass|go) (?:at|into|through)|take (?:a|another) (?:\w+ )?(?:look|stab|crack|shot|pass) (?:at|into|through)|do something about|come up with|work (?:out|on|around)|phase out|keep (?:the|track|only|all)|give (?:the|every|each|all|users|people|it|them)|make (?:sure|the|it|them|a|an|all|every|our|this|that)|put (?:the|a|an|all|up|in|it|them|some)|start (?:the|using|logging|tracking|\w+ing)|stop \w+ing|see to it|let (?:the|users?|people|us|them|it|admins?|members?|guests?|players?|agents?|everyone|me)|read (?:the \w+ from|\w+ from)|merge (?:the (?:two|duplicate|both|three|common)|both|two|duplicate|\w+ and \w+|.{3,60} into)|push (?:the )?\w+ (?:to|into|notifications?)|review (?:the )?(?:docs?|documentation|security|usage|copy|texts?|wording|permissions|dependencies|licen[sc]es|error messages|accessibility)|close (?:the|all|any|open|idle|stale) (?!pr\b|issue|ticket|branch|pull)|pair on|notify (?:the|users?|people|admins?|customers?)|email (?:the|users?|customers?)|message (?:the )?users|react to|reply to (?:comments|the webhook)|respond (?:with|to)|touch up|open (?:a|an|the)? ?[\w./-]+ and|accept \S|focus (?:the|on the first)|buy out|share (?:the|code|state|a)|scroll (?:to|the)|follow (?:redirects|symlinks|the))\b/i;
const POINTER =
  '(?:it|this|that|them|these|those|that one|this one|these ones|those ones|the (?:same|one|thing|issue|problem|bug)|one|so)';
const VAGUE = new RegExp(
  `^(?:(?:(?:look|check|dig) into|(?:take|have) (?:a |another )?(?:\\w+ )?(?:look|stab|crack|shot|go|try)|take care of|do something about|work on|look|give ${POINTER} a (?:try|go|shot|look)|do (?:so|that|it|this)|go ahead|go for it)(?: (?:at|into|of|on|with|about))?(?: ${POINTER})?|\\w+(?: \\w+)?(?: (?:at|into|of|on|with|about))? ${POINTER}(?: (?:up|out|back|down|in|off|on|please|soon|now|too|away|over|again|first|there|here|properly|instead))?)(?: too| as well| also| again| please| though| soon| now| properly| instead)*$`,
  'i',
);
/** Asks for an answer or for attention, not for work. */
const SMALL_ASK =
  /^(?:(?:send|show|give|tell|mark|bring|write|set|find|report|return|make|save|get|hand|lend|buy|draw|fix) (?:me|us|him|her)\b(?! (?:an? )?(?:\w+ )?(?:script|test|tool|page|parser|endpoint|button|function|option|flag)\b)|add (?:me|us|him|her|them) (?!an? \w+)|reproduce (?:it|this|that)\b|release notes|add that to the|fix your |squash before |own the .* from |make (?:my|your|his|her) (?:day|week|life|mind|mark|own|way)|make (?:sense|do|progress|peace|up|out|fun|money|time|it (?:so|stop|happen|quick|snappy|rain)\b)|give (?:it|him|her|them|up|in|or|my|that|this) (?:a (?:rest|break|minute|second|moment|try|go|shot)|up|some|time)|give (?:up|in|way)\b|give (?:\w+ )?(?:a|some) (?:hand|help|feedback|thought|heads|minute|break|hint|sec)|look (?:at (?:this|that|it|the bright|you|us|my)|forward|like|good|great|nice|fine|out|up to|who|what)|take (?:it|your|the (?:day|rest|train|week|afternoon)|a (?:break|nap|seat|breath|day|walk|minute|moment)|care(?! of)|part|turns|note|his|her|place|notes)|check (?:out|this out|in with|with|it out|your|my|the (?:thread|link|channel|docs? (?:first|for)))\b|set (?:my|your|his|her) |run (?:out|into|away|late|for|with it|along|by)\b|read (?:this|that|the (?:docs|thread|room|readme|article|manual|comments|code|\w+ guide|\w+ guidelines|rules|adr|faq|rfc|spec\b))|use (?:the |our |this )?(?:new |other |right |old )?(?:channel|thread|calendar|link|template when|poll|doc\b)|work (?:on the|is|was)|find (?:out|me)|keep (?:in mind|calm|going|up|me|us|it|an eye|your|that in|pushing|posted|this|them|him)|put (?:me|it (?:this|another|differently)|your|my|up with)|let (?:me|us|it go|him|her|that|this|him|'?s)\b(?! (?:\w+ )?(?:log|sort|filter|export|choose|pick|set|configure|edit))|see (?:you|ya|also|above|below|the|if|how|what|T-\d|#)|use (?:your|it|that|this one|the force|with)\b|open (?:your|a (?:ticket|issue|pr|pull))|link (?:me|us|please|pls)|drop (?:me|by|in|us|a (?:line|note|message))|name (?:one|a|your)|start (?:from|with|on T-)|go (?!through|over|back)|hit (?:me|us)|raise (?:your|a)|test (?:me|us)|mind |mark (?:my|your)|book |hold |order (?:food|lunch|pizza)|schedule a (?:call|meeting)|set up a (?:call|meeting)|send (?:help|hugs|it|my|love|\w+ my)|assign (?:me|it to|this to)|enjoy |bring (?:it|snacks|cake|your|my|beer)|print (?:money)|count |pick (?:one|a (?:day|time|name|number|slot)|me|your)|fill (?:in )?(?:me|us|the (?:survey|poll|form by))|work (?:for|from|in|with|well|fine|great|hard)|show (?:up|off)|turn (?:up|out|around)|come |request (?:changes|review)|report back|(?:test|check|try|verify) (?:on|with your|again|locally)\b|note (?:to|that)|tag (?:@|me|the release manager)|ship it\b|deploy (?:it|this|that|now|freeze)|release (?:it|the kraken)|change (?:of plans?|my mind)|load of|lots of|type (?:of)|kind of|sort of|order of|change (?:your|his|her) )/i;
/** Steps of the work around existing work. */
const TRAFFIC =
  /^(?:please )?(?:review|merge|rebase|push|pull|approve|close|reopen|land|squash|check|check out|checkout|open|test|run|update|retry|rerun|restart|assign|sign|look at|take a look at|have a look at|go over|go through|ship|deploy|finish|take|take over|pick up|claim|release|resolve|read|link|use|see|cherry-pick|resend|submit|mark|move|split|tag|watch) (?:(?:the|my|your|our|this|that|his|her|both|these|those|any|all|open|latest|a|an) )*(?:prs?\b|pull requests?\b|mrs?\b|branch(?:es)?\b(?! (?:list|view|name|picker|protection|filter))|T-\d+\b(?!\S)|#\d+\b|tickets?\b|changes\b|comments?\b(?= (?:on|in|i|please|before|and))|diffs?\b(?= (?:please|before|and|again|of|in my))|threads?\b(?= (?:above|below|please))|main\b|master\b|it\b$|it\b(?= (?:if|when|once|after|before))|yours\b|mine\b|commits?\b(?= (?:please|before|and|into|$))|polls?\b|reviews?\b|(?:pipeline|build|job|ci|deploy|deployment|run|workflow)\b(?= *$)|link\b|article\b|talk\b|survey\b)/i;
/** Something outside of the project's work to be had or to be made. */
const BARE = /^(?:an?|the|some|any|more|another|your|my|our|this|that|it|them|all|both|each|every|one|two)$/i;

export interface VerbPhrase {
  readonly text: string;
  readonly vague: boolean;
}

/** True for a request that only points at something said before: `fix it`. */
export const isVague = (phrase: string): boolean => VAGUE.test(phrase.replace(/[\s.!?]+$/, ''));

/** Verbs whose object may be left out: `can you take a look?`. */
const ALONE =
  /^(?:(?:please )?(?:take|have) (?:a |another )?(?:quick |closer )?(?:look|stab|crack|shot|go)|look into (?:it|this|that))/i;

/**
 * The work that a text starts with, as an imperative.
 * @param asked after `can you …`, `please …`: any verb with an object is one, unless it is known to be something else
 */
export function verbPhrase(given: string, asked: boolean): VerbPhrase | null {
  const text = given
    .replace(
      /^(?:(?:please|pls|plz|kindly|just|also|quickly|maybe|simply|go ahead and|try to|try and|help (?:me |us )?(?:to )?|start to|be able to|actually|finally|properly|at least|first|then|always|to|either|all|again|really|instead) )+/i,
      '',
    )
    .trim();
  const [verb = '', ...others] = text.split(/\s+/);
  const bare = verb.replace(/[.,:;!?]+$/, '');
  if (asked && ALONE.test(text) && others.length < 4) return { text, vague: true };
  if (asked && /^(?:investigate|debug|fix|help|check)$/i.test(bare) && others.length === 0)
    return { text: `${bare} it`, vague: true };
  if (takesOver(text) || /^use \S+(?: \w+)? (?:in|for)\b.*\b(?:messages|this|that)$/i.test(text)) return null;
  if (others.length === 0 || SMALL_ASK.test(text) || TRAFFIC.test(text)) return null;
  if (others.every((word) => BARE.test(word)) && !isVague(text)) return null;
  const known = PHRASE.test(text) || (isWorkVerb(bare) && (!isOtherVerb(bare) || wantsObject(bare)));
  const open = asked && mayBeVerb(bare) && !isOtherVerb(bare);
  if (!known && !open) return null;
  return { text, vague: isVague(text) };
}

/** Who takes what exists already. */
const takesOver = (text: string): boolean =>
  /^(?:take|grab|pick up|have|get|claim) (?:the |this |that )?(?:[\w-]+ ){0,3}(?:bug|task|ticket|issue|one|part|pr)[\s.!?]*$/i.test(
    text,
  );

export function gerundPhrase(text: string, asked: boolean): VerbPhrase | null {
  const [gerund = '', ...others] = text.trim().split(/\s+/);
  const verb = verbOfGerund(gerund);
  return verb === undefined ? null : verbPhrase([verb, ...others].join(' '), asked);
}

const OBJECT =
  /^(?:the|a|an|all|our|every|each|any|both|this|these|those|its|their|no|more|missing|support|[`"'“[(].*|\S*[/_*].*|--?\w.*|\S+\.\w{1,5})$/i;
const FINITE =
  /^(?:is|are|was|were|isn'?t|aren'?t|wasn'?t|has|have|had|hasn'?t|looks?|seems?|feels?|went|goes|fails?|failed|pass(?:es|ed)?|broke|breaks|works?|worked|succeeded|completed|finished|done|ready|green|red|ok|okay|got|gets?|will|won'?t|would|should|shouldn'?t|can|can'?t|could|did|didn'?t|does|doesn'?t|don'?t|took|takes|needs?|must|might|may|again|passed|stays?|remains?|moved|moves|came|comes|shows?|says?|said|wants?|crash(?:es|ed)?|hangs?|returns?|throws?|ignores?|drops?|stopped|starts?|started|means|made|makes|keeps?|kept|lacks?|times?)$/i;

const ARTICLE = /^(?:the|an?|all|our|every|each|any|both|these|those|its|their)$/i;
const AUXILIARY =
  /^(?:is|are|was|were|isn'?t|aren'?t|wasn'?t|has|have|had|does|doesn'?t|don'?t|did|didn'?t|can|can'?t|could|should|will|won'?t|would|must|might|seems?|looks|went|fails|failed|works|worked)$/i;
const PARTICLE = /^(?:on|off|up|down|out|back|over|away|apart)$/i;
const PHRASAL =
  /^(?:turn|switch|roll|scale|speed|split|break|bring|set|cut|dial|fill|filter|hook|pull|pin|plug|rip|sort|spin|strip|tone|wire|wrap|clean|tidy|back|factor|flesh|lock|open|pack|take|put|swap|slim|thin|figure|smooth|move|clear|close|finish|follow|hand|phase|pick|point|print|round|rule|shut|single|sketch|spell|straighten|test|try|weed|work|write|zero|zoom|start|stub|beef|boil|crank|narrow|cool|warm|lay|line|map|mark|measure|bump|buff|build|dumb|iron|clamp|cap)$/i;

/** A bare imperative: a verb in front, and what it is done to. */
export function imperative(text: string): { phrase: VerbPhrase; confidence: number } | null {
  const [first = '', second = '', ...others] = text.split(/\s+/);
  if (AUXILIARY.test(second)) return null;
  if (/[:;,.!?]$/.test(first) && !/^(?:please|pls)/i.test(first)) return null;
  const phrase = verbPhrase(text, false);
  if (phrase) {
    const phrasal = PHRASAL.test(first) && PARTICLE.test(second) && !FINITE.test(others[0] ?? '');
    if (isAlsoNoun(first) && !phrasal && !PHRASE.test(text) && isNounHere(second, others)) return null;
    return { phrase, confidence: OBJECT.test(second) || !isAlsoNoun(first) ? 0.85 : 0.7 };
  }
  if (!ARTICLE.test(second) || isWorkVerb(first)) return null;
  const open = verbPhrase(text, true);
  return open && !open.vague && !isOtherVerb(first) ? { phrase: open, confidence: 0.65 } : null;
}

/** A finite verb soon after: the first word was a noun, as in `Test failures are up`. */
function isNounHere(second: string, others: readonly string[]): boolean {
  const plain = (word: string): string => word.replace(/[.,:;!?]+$/, '');
  if (/^to$/i.test(second) && /\d|^[A-Z`]/.test(others.join(' '))) return false;
  if (FINITE.test(plain(second)) || /^(?:of|in|for|at|to|with|on|from|and|by|looks?)$/i.test(second)) {
    return !(
      /^(?:on|to|for|with|at|in|from|by|and)$/i.test(second) &&
      /^(?:the|a|an|every|all|each)$/i.test(others[0] ?? '')
    );
  }
  if (OBJECT.test(second)) return false;
  if (
    /^[a-z]{2,}(?:[^e]ed|ied)$/i.test(second) &&
    !/^(?:unused|nested|shared|embed|speed|feed|seed|deprecated|failed|need|outdated|related|cached|generated|hardcoded|duplicated|expired|unneeded)$/i.test(
      second,
    )
  )
    return true;
  const finite = others.slice(0, 3).findIndex((word) => FINITE.test(plain(word)));
  if (finite < 0) return false;
  return !others
    .slice(0, finite)
    .some((word) =>
      /^(?:that|which|who|where|when|if|so|why|how|what|whether|until|after|before|to|and)$/i.test(word),
    );
}
