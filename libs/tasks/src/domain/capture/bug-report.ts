import { isElsewhere, isInHand } from './guards.js';
import type { Judgement } from './judgement.js';
import { misbehaviourIn } from './misbehaviour.js';
import { baseOfThird, gerundOf, verbOfGerund } from './verbs.js';

const SUBJECT = '(.{1,110}?)';
const MANNER =
  '(?:(?:always|sometimes|randomly|often|occasionally|still|also|just|now|currently|constantly|silently|suddenly|all|both|completely|totally|really|simply|never|intermittently|again|apparently|regularly|consistently|then|only|usually|often|keeps?|kept|seems? to|seem to|appears? to|tends? to|gets?|immediately|even|basically|literally|\\w+ly) )*';
const NOT = "(?:doesn'?t|does not|don'?t|do not|wont|won'?t|will not|cant|can'?t|cannot|can not)";
const DOES_NOT = new RegExp(
  `^${SUBJECT} (${NOT}|no longer|never|fails? to|refuses? to|stopped|stops?) ${MANNER}([\\w-]+)(.*)$`,
  'i',
);
const IS_NOT = new RegExp(
  `^${SUBJECT} (?:isn'?t|is not|aren'?t|are not|is never|are never|is no longer|are no longer|ain'?t) ${MANNER}([\\w-]+.*)$`,
  'i',
);
const HARMLESS =
  /^(?:matter|need|have|seem|mean|look like|sound|make (?:sense|a difference|much)|hurt|know|think|believe|mind|care|worry|want|like|agree|understand|see (?:why|how|the point|any|it)|count|depend|exist yet|get it|get why|blame|bother|expect|recall|remember|change (?:much|anything)|belong|require|include|wait|say|tell|help that|merge|touch|forget|expect|involve|affect|apply|guarantee|recommend|promise|solve|always|even (?:know|remember|care)|be (?:merged|bothered|serious|true|right|done|sure|there|here|worse|reached|that|a|the|so|too|long)|go (?:there|anywhere)|come (?:in|to)|speak|drink|eat|sleep|stop laughing|concern|exceed)\b/i;
const NOT_BAD =
  /^(?:a (?:bug|problem|big|blocker|priority|good|bad|fan|must|huge|deal|new|real|single)|the (?:point|problem|case|same|issue|cause|right|plan|end|only)|in scope|urgent|important|needed|necessary|worth|bad|sure|me|you|mine|yours|there yet|ready|done|finished|great|good|ideal|decided|perfect|fun|easy|clear|about|so|too|that|my|your|our|available (?:today|tomorrow)|in (?:today|the office)|on|merged|critical|required|affected|possible|an?|what|why|how|really|only|surprising|here|us|happy|going|rocket|funny|cheap|blocked|new|supposed)\b/i;
const PEOPLE =
  /^(?:i|you|u|he|she|they|nobody|no one|who|what|which|everyone|someone|anyone|(?:and |but )?it'?s? ?|that|this|there|marketing|sales|legal|the (?:client|boss|customer|team)|@[\w-]+|my \w+|your \w+)$/i;
const USERS =
  /^(?:(?:i|we|one|you|users?|people|customers?|everyone|everybody|nobody|members?|guests?|admins?|players?|(?:some|many|several|mobile|new|our|the|half of the|all) (?:users?|people|customers?|members?|players?|clients?))(?: (?:on|with|from|in|who|using) .{1,40})?)$/i;
const USES =
  /^(?:log ?in|sign ?in|sign ?up|register|open|upload|download|save|connect|install|build|compile|load|edit|delete|remove|scroll|select|submit|access|reach|click|search|start|play|join (?:the|a) (?:room|game|call|match)|export|import|print|create|add|invite|reset|log out|sign out|pay|check ?out|copy|paste|drag|zoom|type|enter|find (?:the|their|any)|unsubscribe|change (?:their|my|the)|update (?:their|my|the)|see (?:the|their|any)|view|read (?:the|any)|use (?:the|it|their)|get (?:past|into|back|out)|close|cancel|filter|sort|resize|rename|restore|finish the|complete the|authenticate|deploy|clone|pull|push|run (?:the|it)|switch|navigate|undo)\b/i;

const BAD_VERB =
  'does (?:absolutely )?nothing|expires?|crash(?:es)?|throws?|panics?|segfaults?|leaks?|hangs?|freezes?|times? out|deadlocks?|blows? up|explodes?|fails?|breaks?|bounces?|flickers?|flashes|jumps?|stutters?|disappears?|vanish(?:es)?|overlaps?|clips?|drifts?|desyncs?|drains?|duplicates?|doubles?|overflows?|loses?|reboots?|lags?|blinks?|spams?|overwrites?|corrupts?|locks? up|loops?|errors?(?: out)?|explode|swallows?|truncates?|strips?|mangles?|chokes?|stalls?|rejects?|blocks?|ignores?|forgets?|eats?|jitters?|glitch(?:es)?|wraps?|bleeds?|collides?|misses|skips?|spins?|dies?|die|[45]\\d\\ds|starves?|mixes up|messes up|garbles?|stays?|sticks?|keeps?|ends? up|gets? (?:stuck|lost|cut|deleted|truncated|ignored|wiped|overwritten|duplicated|reset|dropped|blocked|killed|swallowed|cropped|hidden|sent twice|logged out|kicked|rejected)|goes? (?:blank|missing|black|white|down|crazy|off|away|wrong|to \\w+ instead)|runs? (?:out of|twice|forever)|takes? (?:forever|ages|over|more than|\\d+|up to|minutes|a minute|way|almost|about|\\w+ (?:seconds|minutes|hours))|consumes?|uses? (?:\\d+|100|too|all|way)|eats?|grows?|falls? (?:through|off|over)|lands? (?:in|on)|wakes?|sticks? out|sits? (?:under|behind|on top)|cuts? off|double-|logs? (?:me|us|users|people|you) out|kicks?|deletes?|wipes?|resets?|shifts?|pops? up|moves? by|rounds?|accepts?|allows?|lets?';
const FLAW_AFTER =
  /\b(?:twice|nothing|immediately|instantly|too|three times|multiple times|several times|over and over|forever|endlessly|infinitely|randomly|for no reason|instead of|at random|every (?:time|minute|second|hour|few)|on every|wrong(?:ly)?|incorrect(?:ly)?|nothing|anything|any more|anymore|too (?:much|many|long|often|late|early|fast|slow(?:ly)?|far|soon)|without (?:warning|error|an error|any|asking|checking|a |being)|even (?:when|if|though)|though|despite|although|undefined|null|nan\b|negative|blank|empty|garbage|gibberish|5\d\d|4\d\d|error|exception|by (?:one|two|an hour|\d)|off by|out of (?:memory|range|order|sync|bounds|disk)|memory|data|with (?:an? )?(?:4\d\d|5\d\d|error|exit code|umlauts|unicode|empty|no\b|null)|after (?:the|a|an|every|each|reload|restart|update|login|about|~?\d|sleep|some|logging|upgrad\w+|rotat\w+|resum\w+)|when(?:ever)?|while|if|as soon as|on (?:safari|firefox|chrome|edge|windows|mac(?:os)?|linux|ios|android|mobile|ipad|iphone|small|large|big|slow|reload|start|startup|the|a|an|retina|4k|dst|every|first|long|node|leap|rotation|page|refresh|save)|in (?:safari|firefox|chrome|edge|dark mode|landscape|fullscreen|the|a|ie|some|certain|private|production|prod|staging|ci)|for (?:users|people|members|guests|the|some|all|large|long|empty|non|every|a|an|no)|at (?:startup|start|the|random|night|midnight|least|runtime)|between|during|since|overnight|under|right (?:after|before)|intermittently|sometimes|from time to time|half the time|if \w+=|with (?:\w+ )?\w+)\b/i;
const STRONG_VERB =
  /^(?:crash|throw|panic|segfault|leak|hang|freeze|time out|times out|deadlock|blow|explode|fail|bounce|flicker|stutter|disappear|vanish|desync|drain|overflow|spam|corrupt|lock|error|chok|break|stall|glitch|jitter|lag|[45]\d\ds|clip|overlap|get|goes|go\b|mangle|garble|double|swallow|starve|eats|die)/i;
const DOES = new RegExp(`^${SUBJECT} ${MANNER}(${BAD_VERB})(?=$|[\\s,.;!])(.*)$`, 'i');
const SHOWS =
  /^(.{1,90}?) (?:(?:always|sometimes|randomly|still|also|now|just|often|suddenly|only|again) )*(returns?|gives?|shows?|displays?|prints?|reads?|reports?|responds? with|answers? with|throws?|logs|outputs?|renders?|says|yields?|produces?|generates?|sends?|creates?|fires?|arrives?|announces?|triggers?|lists?|calculates?|computes?|counts?|appears?|comes?|plays?|loads?|runs?|points?|links?|leads?|opens?|sorts?|redirects?|uses?|picks?|converts?|parses?|treats?|writes?|saves?|applies|starts?|reads?|happens?|arrive|looks?|works?|feels?|renders?|scrolls?|takes?|sets?|keeps?|has|have|goes|go|emits?|adds?|ends?|serves?|assigns?|interprets?)\b(.*)$/i;
const SHOWN_WRONG =
  /\b(?:wrong|incorrect\w*|twice|three times|multiple times|nan\b|undefined|\[object object\]|garbage|gibberish|stale|outdated|5\d\d|4\d\d|(?<=\s)-\d+\b|an? (?:\w+ )?(?:error|exception|stack ?trace)|errors?\b|blank|an? empty (?:page|response|list|screen|array|file|table|body|string)|nothing|negative|duplicates?|doubled?|garbled|broken|the (?:old|previous|last|same|next) (?:month|value|name|one|user'?s?|version|day|page|price|title)|upside down|backwards|in the wrong|to the wrong|out of order|too (?:early|late|often|many|much|big|small|slow|fast|long|short|dark|bright|wide)|off by|only (?:on|in|for|when) (?:chrome|linux|mac|the second)|instead of|raw (?:html|json|markdown)|null\b|infinity|\bin the past|lorem ipsum|404|500|dead|forever|in english only|in utc|cut off|pixelated|blurry|weird|strange|odd|janky|sluggish|a mess|unreadable|ugly|jumbled|terrible|awful|horrible|bad on|inconsistent\w*|vulnerabilit\w+|immediately|after the (?:deadline|release)|with a blank|as (?:success|text|a string) but)\b/i;
const BE_BAD =
  /^(.{1,110}?) (?:is|are|'s|'re|was never|seems?|looks?|feels?|gets?|keeps?|becomes?|stays?|remains?|goes|comes? out|appears?|has been|have been|renders?|being)(?: to be)? ((?:(?:still|also|now|totally|completely|all|always|sometimes|often|randomly|currently|just|again|really|very|pretty|quite|so|a bit|way|far|much|kind of|somewhat|slightly|constantly|partly|half|extremely|super|absolutely|suddenly|simply|apparently|\w+ly) )*(?:broken|busted|borked|failing|crashing|hanging|freezing|frozen|leaking|stuck|missing|flaky|timing out|unresponsive|corrupt(?:ed)?|incorrect|inaccurate|garbled|misaligned|unreadable|illegible|wrong|throwing|erroring|outdated|out of date|out of sync|out of order|out of bounds|stale|empty|blank|truncated|cut off|cropped|invalid|ignored|duplicated|swapped|reversed|inverted|mirrored|upside down|off by|off[- ]cent(?:er|re)|unusable|unclickable|inaccessible|inconsistent|hard to (?:read|see|use|find|click|understand|hit|follow|tap)|hard-?coded|impossible to|confusing|misleading|a (?:\w+ )?mess|ugly|laggy|sluggish|janky|jittery|choppy|blurry|pixelated|distorted|stretched|squashed|overlapping|hidden behind|covered by|lost|gone|down|dead|offline|red|unreachable|unprotected|insecure|exposed|visible to|not? \w+|wide open|vulnerable|leaked|unescaped|unhandled|undefined|uninitialized|unsorted|untranslated|undocumented|untested|undefined|unlocali[sz]ed|unstyled|unverified|unbounded|too \w+|(?:super |painfully |unbearably |really |very |extremely |so )?slow\b(?! (?:today|today.*))|taking (?:forever|ages|too long|\d+)|returning (?:4|5|an|null|nothing|empty|wrong|the wrong)|showing (?:the wrong|wrong|nothing|up twice|an? )|eating|flickering|jumping|looping|spinning|spamming|blocked by|shared between|dropped|deleted|overwritten|reset|skipped|sent twice|never \w+|rejected|case[- ]sensitive|a (?:security|privacy|memory|data) \w+|doubled|off\b(?! (?:today|tomorrow|work|this|next|on|until|sick))|overloaded|unsafe|racy|rounded|raw|crap|terrible|awful|horrible|badly \w+|poorly \w+|unreliable|unstable|delayed|late\b(?= on| in| by)|double|in the way|on fire|clipped|leaky|redirected to|logged out|too))\b(.*)$/i;
const BUG_NOUN =
  '(?:memory |connection |fd |handle |goroutine |file descriptor )?leaks?|bugs?|regressions?|race(?: condition)?s?|typos?|crash(?:es)?|exceptions?|deadlocks?|vulnerabilit(?:y|ies)|off[- ]by[- ]one(?: error)?|broken (?:links?|images?|layout|build|tests?)|dead links?|security (?:hole|issue|bug|flaw)s?|xss|sql injection|infinite (?:loop|redirect|scroll bug)|desync|glitch(?:es)?|null ?pointer(?: exception)?s?|segfaults?|stack overflow|data loss|flaky (?:test|spec)s?|flicker(?:ing)?|lag spikes?|flaws?|memory corruption|timeouts?|wrong \\w+|missing \\w+|duplicate \\w+|encoding (?:issue|problem)s?|layout (?:shift|issue|bug)s?|performance (?:issue|problem|regression)s?|stutter(?:ing|s)?|buffer overflows?|use-after-free|double free|panics?|oom|n\\+1(?: quer(?:y|ies))?|cors (?:errors?|issues?)|ui (?:bug|glitch)|graphical glitch(?:es)?|z-fighting|screen tearing|(?:\\w+)?errors?|(?:[a-z]+)?exceptions?|[45]\\d\\ds?|incorrect \\w+|invalid \\w+|unhandled (?:promise )?(?:rejection|exception|error)s?|stale (?:data|cache|\\w+)|unexpected \\w+|inconsistent \\w+|broken \\w+';
const NOUN_REPORT = new RegExp(
  `^(?:an? |the |another |weird |strange |random |nasty |intermittent |ugly |some |occasional |big |huge |small |annoying |sporadic )*((?:[\\w./-]+ ){0,3}?(?:${BUG_NOUN}))(?:$|(?=[:,])|(?= (?:in|on|when|whenever|at|with|for|after|during|while|from|if|since|every|as|between|inside|under|caused|because|again|everywhere|near|upon|reading|if|of)\\b))(.*)$`,
  'i',
);
const SEEN = new RegExp(
  `^(?:(?:there(?:'s| is| are| seems to be| might be| appears to be)|(?:i|we)(?:'m| am|'re| are|'ve| have|'ve got| got| just| keep| keeps| also| still| now| always| sometimes| often)*|users|people|customers|someone|qa|sentry|the (?:linter|scanner|ci|logs?)|still|also|always|sometimes|randomly|often|suddenly|keep|keeps)? ?)(?:there(?:'s| is| are)|found|find|seeing|sees?|hitting|hit|spotted|spot|noticed|notice|got|gets?|getting|have|has|report(?:s|ed|ing)?|ran into|running into|encounter(?:ed|ing)?|discovered|shows?|flags?|flagged) (?:(?:an?|another|some|the|two|several|this|a lot of|lots of|many|multiple|weird|strange|random|nasty|ugly|intermittent|more|occasional|a few|these|tons of|constant) )*(.*\\b(?:${BUG_NOUN})\\b.*|\`[^\`]*(?:error|exception|failed|cannot|undefined|null|refused|denied|not found|reset|timeout|timed out|expired|invalid|\\d{3})[^\`]*\`.*)$`,
  'i',
);
const MARKED =
  /^(?:bug|issue|problem|defect|regression|broken|crash|error|glitch|bug report|known bug|ui bug|new bug|security)\s*(?:#\d+\s*)?[:–-]\s*(\S.*)$/i;
const PAST_ONLY =
  /\b(?:was|were|used to|had been|last (?:week|month|year|sprint|night|time)|yesterday|back then|years? ago|weeks? ago|months? ago|days? ago|ages ago|in the old|in 20\d\d|this morning)\b/i;
const STILL =
  /\b(?:still|since|again|now|keeps?|is|are|does|doesn'?t|can'?t|returns|shows|fails|crashes|gets?)\b/i;
const MINE =
  /\b(?:on|in|with) my (?:branch|fork|machine|laptop|side|end|local|pr|checkout)\b|^my\b|\bfor me\b(?= (?:only|too)?)|\bmaybe (?:it'?s )?(?:just )?me\b|\bi(?:'m| am) (?:stuck|missing|wrong|confused)\b/i;
const ARGUED =
  /^(?:if|unless|what if|suppose|imagine|assuming|because|since|so that|in case|otherwise|as|given|while|although|though|until|so|that way|which|who|why|how|no wonder|glad|thank|love|hate|happy|sad|funny|that|this way|(?:i|we|you) (?:think|guess|bet|know|hope|wish|hate|love|wonder|doubt|remember)|remember|note\b|keep in mind|beware|careful|be aware|sorry|nothing|nobody|no one|at least|good thing|lucky|of course|tests?:|build #|ci:|deploy|heartbeat|progress|status|update:|eta)\b/i;

const bug = (title: string, confidence: number, about?: string): Judgement => ({
  kind: 'bug',
  title: `Fix ${title.trim()}`,
  confidence,
  ...(about === undefined ? {} : { about }),
});

/** The defect that a clause reports, if it does; a question reports none. */
export function bugIn(given: string): Judgement | null {
  const text = given.replace(/[\s.!…]+$/, '').trim();
  if (
    /\?\s*$|\bas always\b|\bwon'?t fix$/i.test(text) ||
    isInHand(text) ||
    isElsewhere(text) ||
    MINE.test(text)
  )
    return null;
  const marked = MARKED.exec(text)?.[1];
  if (marked !== undefined) return bug(reported(marked)?.title.replace(/^Fix /, '') ?? marked, 0.9);
  if (ARGUED.test(text) || (PAST_ONLY.test(text) && !STILL.test(text))) return null;
  return reported(text);
}

function reported(given: string): Judgement | null {
  const text = given.replace(
    /^(?:when|whenever|every time|each time|if) (?:i|you|we|one|users?|people|someone|a user) .{3,80}?(?:, | then | (?=everything|nothing|it |the |all ))/i,
    (setting) => (setting.length < given.length ? '' : setting),
  );
  const placed =
    /^((?:on|in|with|after|since|under|for|during|at) (?:the )?(?:[\w.-]+ ){1,4}?)((?:the|all|our|every|some|my) .+)$/i.exec(
      text,
    );
  if (text === given && placed) {
    const inner = reported(placed[2] ?? '');
    if (inner) return { ...inner, title: `${inner.title} ${(placed[1] ?? '').trim()}` };
  }
  const setting =
    text === given ? '' : ` ${given.slice(0, given.length - text.length).replace(/[, ]+$/, '')}`;
  const found =
    ofUsers(text) ??
    seen(text) ??
    noun(text) ??
    doesNot(text) ??
    isBad(text) ??
    showsWrong(text) ??
    does(text) ??
    stateDespite(text) ??
    misbehaviourIn(text);
  if (found && setting !== '') return { ...found, title: `${found.title}${setting}` };
  return found;
}

/** `I get logged out`, `can't upload files`: the reader is left to say who. */
function ofUsers(text: string): Judgement | null {
  const [, unable = ''] =
    /^(?:(?:still |again )?(?:can'?t|cannot|unable to|not able to|it'?s impossible to|impossible to)) (.+)$/i.exec(
      text,
    ) ?? [];
  if (unable !== '') return USES.test(unable) ? bug(`not being able to ${unable}`, 0.7) : null;
  const [, got = ''] =
    /^(?:i|we|users?|people|customers?) (?:always |randomly |sometimes |often |keep |constantly |suddenly )*(?:gets?|getting|am|are being|is being) ((?:logged|kicked|signed|thrown) out.*|(?:redirected|charged|blocked|asked|billed|disconnected|stuck|notified|spammed) .+|duplicate .+|two .+|the wrong .+|no (?:email|mail|notification|response|error).*)$/i.exec(
      text,
    ) ?? [];
  if (got !== '') return bug(`getting ${got}`, 0.7);
  const [, subject = '', verb = '', rest = ''] =
    /^(.{2,80}?) (?:hasn'?t|has not|haven'?t|have not) (?:been )?(\w+)(.*\b(?:since|for|in)\b.*)$/i.exec(
      text,
    ) ?? [];
  if (
    subject === '' ||
    PEOPLE.test(subject) ||
    USERS.test(subject) ||
    /^(?:merged|reviewed|decided|started|answered|responded|approved|seen|heard|had|changed|touched)$/i.test(
      verb,
    )
  )
    return null;
  return bug(`${subject} not ${gerundOf(verb.replace(/(?:ed|d)$/, ''))}${rest}`, 0.65, subject);
}

function seen(text: string): Judgement | null {
  const what = SEEN.exec(text)?.[1];
  if (
    what === undefined ||
    /^(?:an? |the )?(?:\w+ )?(?:bugs?|issues?|problems?|regressions?|errors?)$/i.test(what) ||
    /^found and\b/i.test(text) ||
    /\b(?:fixed|no|zero|any|0) (?:more )?(?:bugs?|errors?)/i.test(text)
  )
    return null;
  const after = /^bugs?(?:,|:| where| that| when)? (.*)$/i.exec(what)?.[1];
  return (
    (after === undefined ? null : reported(after)) ??
    bug(after !== undefined && !/^(?:in|on|with|at)\b/.test(after) ? after : what, 0.75)
  );
}

function noun(text: string): Judgement | null {
  if (/\b(?:fix(?:es|ed)|without|won'?t fix|more bugs|no (?:more )?\w*errors?)\b/i.test(text)) return null;
  const [, what = '', rest = ''] = NOUN_REPORT.exec(text) ?? [];
  if (
    what === '' ||
    /\b(?:no longer|never|not)\b/i.test(what) ||
    /^(?:no|fix|fixed|handled?|zero|0|fewer|less|any|error handling|timeouts? (?:is|are) set)\b/i.test(what)
  )
    return null;
  if (
    /\b(?:is|are|was|were|has been) (?:fixed|gone|resolved|solved|closed|from|expected|normal|fine|known)\b/i.test(
      text,
    )
  )
    return null;
  if (
    rest.trim() === '' &&
    /\b(?:wrong|missing|invalid|incorrect|unexpected|stale|broken|duplicate|inconsistent|\w+errors?|errors?) ?\w*$/i.test(
      what,
    ) &&
    what.split(' ').length < 3
  )
    return null;
  return bug(what + rest, 0.75);
}

function doesNot(text: string): Judgement | null {
  const [, subject = '', how = '', verb = '', rest = ''] = DOES_NOT.exec(text) ?? [];
  const action = `${verb}${rest}`;
  if (subject !== '') {
    if (/^stop/i.test(how)) {
      const base = verbOfGerund(verb);
      if (base === undefined || PEOPLE.test(subject) || USERS.test(subject)) return null;
      return bug(`${subject} stopping ${verb}${rest}`, 0.7, subject);
    }
    const can = /^(?:can|won|will)/i.test(how);
    if (USERS.test(subject))
      return (can || /fails?/i.test(how)) && USES.test(action)
        ? bug(
            `${subject.replace(/^(?:i|we|you|one)$/i, 'not being able to')} ${/^(?:i|we|you|one)$/i.test(subject) ? '' : 'not being able to '}${action}`,
            0.75,
          )
        : null;
    if (
      PEOPLE.test(subject) ||
      HARMLESS.test(action) ||
      /^(?:if|unless|because|since|i|we|you)\b/i.test(subject)
    )
      return null;
    if (
      /^never$/i.test(how) &&
      !/s$/.test(verb) &&
      !/^(?:released|cleaned|closed|freed|updated|shown|called|sent|finish|load|arrive|end|return)/i.test(
        verb,
      )
    )
      return null;
    if (/^never$/i.test(how) && /^(?:released|cleaned|closed|freed|updated|shown|called|sent)/i.test(verb))
      return bug(`${subject} never ${action}`, 0.7, subject);
    if (/\b(?:i|we|you|they|he|she)$/i.test(subject) && !USES.test(action)) return null;
    if (
      /^(?:no longer|never)$/i.test(how) &&
      /^(?:crash|fail|break|hang|leak|freeze|throw|flicker|time|panic|lag)/i.test(verb)
    )
      return null;
    const negation = /^no longer$/i.test(how) ? 'no longer ' : /^never$/i.test(how) ? 'never ' : 'not ';
    return bug(`${subject} ${negation}${gerundOf(baseOfThird(verb.toLowerCase()))}${rest}`, 0.7, subject);
  }
  const [, thing = '', what = ''] = IS_NOT.exec(text) ?? [];
  if (thing === '' || PEOPLE.test(thing) || USERS.test(thing) || NOT_BAD.test(what)) return null;
  return bug(`${thing} not being ${what}`, 0.65, thing);
}

/** `The button is disabled even though the cart is valid.` */
function stateDespite(text: string): Judgement | null {
  const [, subject = '', state = ''] =
    /^(.{1,90}?) (?:is|are|stays?|remains?|gets?) ((?:still )?(?:[\w-]+ ){1,4}(?:even (?:though|if|when)|although|despite|for no reason|when (?:it|they) should|in us format|by default, which).*)$/i.exec(
      text,
    ) ?? [];
  return subject === '' || PEOPLE.test(subject) ? null : bug(`${subject} being ${state}`, 0.65, subject);
}

function isBad(text: string): Judgement | null {
  const [, subject = '', how = '', rest = ''] = BE_BAD.exec(text) ?? [];
  if (
    subject === '' ||
    PEOPLE.test(subject) ||
    /^(?:not|no) /i.test(how) ||
    /\b(?:i|you|he|she|everyone|we|nobody)$/i.test(subject)
  )
    return null;
  if (
    /^(?:nothing|all|it|everything else|life|time|friday|monday)\b/i.test(subject) &&
    !/^everything\b/i.test(subject)
  )
    return null;
  return bug(`${subject} being ${how}${rest}`, 0.7, subject);
}

function showsWrong(text: string): Judgement | null {
  const [, subject = '', verb = '', rest = ''] = SHOWS.exec(text) ?? [];
  if (subject === '' || PEOPLE.test(subject) || USERS.test(subject) || !SHOWN_WRONG.test(rest)) return null;
  if (
    /^(?:to|the|a|an)$/i.test(subject) ||
    /\b(?:i|we|you|they|he|she|to|should|must|could|would|will|can|might|did|who|that|which|please)$/i.test(
      subject,
    )
  )
    return null;
  return bug(
    `${subject} ${gerundOf(baseOfThird(verb.toLowerCase().split(' ')[0] ?? ''))}${verb.includes(' ') ? verb.slice(verb.indexOf(' ')) : ''}${rest}`,
    0.7,
    subject,
  );
}

function does(text: string): Judgement | null {
  const [, subject = '', verb = '', rest = ''] = DOES.exec(text) ?? [];
  if (
    subject === '' ||
    PEOPLE.test(subject) ||
    /^(?:to|the|a|an|please|every|each|no|this|that|all)$/i.test(subject)
  )
    return null;
  if (
    /\b(?:i|you|they|he|she|to|should|must|could|would|will|can|might|may|did|never|not|n't|who|that|which|no longer|doesn'?t|didn'?t|don'?t|won'?t|of|for|with|and|the|a|an|our|my|your|in|from|new|old|all)$/i.test(
      subject,
    )
  )
    return null;
  const agrees = /s$/.test(verb.split(/[ -]/)[0] ?? '') || /s$|\b(?:and|people|data)\b/i.test(subject);
  if (!agrees) return null;
  const strong = STRONG_VERB.test(verb);
  if (!FLAW_AFTER.test(`${verb}${rest}`) && !(strong && rest.trim().split(/\s+/).length <= 6)) return null;
  if (
    !strong &&
    !SHOWN_WRONG.test(rest) &&
    !/\b(?:any ?more|anymore|even|though|random\w*|overnight|when|whenever|after|while|forever|every|without|nothing|immediately|instantly|blocks? the|in one|unreachable|~?\d+ ?%|\d+ ?(?:gb|mb|seconds|minutes|s\b))/i.test(
      `${verb}${rest}`,
    )
  )
    return null;
  if (USERS.test(subject) && !/^(?:gets?|lose|get)/i.test(verb)) return null;
  const [head = '', ...tail] = verb.split(' ');
  const bareVerb = /^[45]/.test(head)
    ? `returning ${head.replace(/s$/, '')}`
    : gerundOf(baseOfThird(head.toLowerCase()));
  return bug(`${subject} ${[bareVerb, ...tail].join(' ')}${rest}`, strong ? 0.75 : 0.65, subject);
}
