import { isElsewhere } from './guards.js';
import type { Judgement } from './judgement.js';
import { isOtherVerb, isWorkVerb, mayBeVerb, verbOfGerund, verbOfParticiple } from './verbs.js';
import { thingWanted } from './wanted.js';

const ADV =
  '(?:really |also |still |definitely |badly |probably |desperately |urgently |now |just |at least |certainly |clearly |always |only |currently |all |both |each |ideally |instead |never |not )*';
const PERSON =
  /^(?:i|we|you|u|they|he|she|what|who|which|someone|somebody|anyone|nobody|no one|everyone|people|that|this|there|one|marketing|sales|legal|ops|support|customers?|(?:the )?(?:team|boss|client|customer)|@[\w-]+)$/i;
const POINTER = /^(?:it|that|this|they|these|those|both|that one|this one)$/i;

const NEEDS = new RegExp(
  `^(.{1,90}?) ${ADV}(?:needs?|requires?|wants?|deserves?|could (?:really )?use|could do with|would benefit from|is in need of|are in need of|calls? for) (.+)$`,
  'i',
);
const LACKS = new RegExp(
  `^(.{1,90}?) ${ADV}(?:lacks?|misses|is missing|are missing|is lacking|are lacking|has no|have no|doesn'?t have|does not have|don'?t have|do not have|comes without|is without|are without|hasn'?t got) ((?:an? |any |its |the |proper |some )*.+)$`,
  'i',
);
const MUST = new RegExp(
  `^(.{1,90}?) ${ADV}(?:should(?:n'?t)?|must(?:n'?t)?|has to|have to|ought to|needs? to|is supposed to|are supposed to|had better) ${ADV}(.+)$`,
  'i',
);
const WE_LACK =
  /^(?:we|i)(?:'re| are|'m)? (?:(?:also |really |still |urgently |just |badly |desperately )*)(?:missing|lacking|short of|without) (.+)$/i;
const WE_NEED =
  /^(?:(?:we|i)(?:'d| would|'ll)?(?: also| really| still| urgently| badly| definitely| desperately| just| now| probably)* (?:needs?|want|like|require|could (?:really |also |definitely |probably )?use|could do with|should (?:also |really )?(?:have|get)|must have|ought to have|have to have|love)|(?:would )?(?:still |also |really |urgently )*needs?|needed|wanted|missing|required|what(?:'s| is) (?:still )?(?:missing|needed|left) is|what we(?:'re| are)? (?:really |still )?(?:need|want|miss|missing|lack|lacking)(?: now| next| most| here)? is|(?:still )?(?:open|missing|to ?do|left)|todo)[: ]+(.+)$/i;
const THERE_SHOULD =
  /^there(?: really| also| probably| still)* (?:should|must|needs to|has to|ought to|could|might) (?:really |also |probably )?be (.+)$/i;
const MAY_GO =
  /^(.{3,80}?) (?:can|could|may|should) (?:now |finally |probably |also |really )*(?:go|be (removed|deleted|dropped|retired|archived|disabled|reverted|closed|merged into .+|inlined|simplified|shortened|renamed to .+))(?: now| too| then| away| as well| again| entirely| completely)*$/i;
const NONE_AT = /^(?:still )?no ([\w-]+(?: [\w-]+){0,4}? (?:on|in|for|at|when|after|under) .{3,60})$/i;
const THERE_IS_NO =
  /^(?:there(?:'s| is| are| isn'?t| aren'?t| is still| are still|'s still|'s currently)|we(?:'ve got| have| still have|'ve)|i see|it has|still|currently) (?:(?:also|still|currently) )?(?:no|not any|any|not a single|zero) (.+)$/i;
const NO_MATTER =
  /^(?:(?:real |good |big |obvious |need|rush|hurry|point|reason|problem|issue|doubt|time|idea|objections?|worries|harm|way i|way we|way you|way this|one|more|longer|shame|news|update|plan|plans|such|difference|conflict|conflicts|errors?|complaints?|hard feelings|budget|blockers?|deadline|capacity|clue|pressure|failures?|chance)\b)/i;
const WAY_TO =
  /^(?:easy |good |simple |real |proper |obvious |built-in )?(?:way|option|possibility|means) (?:to|of|for) (.+)$/i;

const SETTLED =
  /^(?:done|fine|ok|okay|good|ready|working|there|back|merged|up|enough|easy|trivial|fun|interesting|live|available|green|finished|happy|aware|careful|safe|possible|here|out|online|deployed|resolved|fixed|clear|obvious|great|nice|right|correct|quick|all|it|that|around|home|sufficient|better now|faster now|noted|cool|so|able to (?:log|see|access|merge|deploy)|a (?:quick|small|simple|breeze|no-brainer|one-liner|piece)|in (?:by|place|main|production|prod|sync|the next)|on (?:main|staging|prod)|no (?:problem|issue|downtime))\b/i;
const NO_WORK =
  /^(?:work|help|do|suffice|have (?:known|been|done|said|gone|told|thought|asked|checked)|be|come|go|arrive|land|know|take|matter|hold|happen|see|wait|think|talk|cover (?:it|that|this)|cost|pass|finish|get (?:it|there|you|us|better|done)|fix (?:it|that|this)|feel|make (?:it|sense)|speak|discuss|decide|agree|ask|stay|remain|change (?:much|soon)|solve|be able|give (?:you|us)|go (?:out|away|live)|ship|make (?:things|life|your)|speed things|already|now|apply|depend|look (?:good|fine|great)|scale|return to normal|clear up|be over)\b/i;

const need = (title: string, confidence = 0.7, vague = false, about?: string): Judgement => ({
  kind: 'need',
  title,
  confidence,
  ...(vague ? { vague } : {}),
  ...(about === undefined || vague ? {} : { about }),
});

/** What a thing is said to need, to lack, or how it should be. */
export function needIn(given: string): Judgement | null {
  const text = given.replace(/[\s.!]+$/, '');
  if (/^(?:i|we)(?: really| also| still| all)* (?:like|love)\b/i.test(text)) return null;
  const nobody =
    /^(?:nobody|no one) (?:has |ever |has ever )(written|added|documented|tested|built|implemented|wrote|updated|fixed|translated|touched) (.+?)(?: yet| so far)?$/i.exec(
      text,
    );
  if (nobody) return need(`${verbOfParticiple(nobody[1] ?? '') ?? 'write'} ${nobody[2] ?? ''}`, 0.65);
  const wish =
    /^(?:(?:it|that)(?:'d| would) be|would be) (?:\w+ )?(?:nice|great|good|cool|useful|helpful|better|awesome|lovely|handy) if (the .+?|our .+?|all .+?|it) (?:also |could |would |automatically )*([a-z]+) (.+)$/i.exec(
      text,
    );
  if (wish) {
    const [, subject = '', verb = '', rest = ''] = wish;
    if (/^had$/i.test(verb)) return need(`Add ${rest} to ${subject}`, 0.65, POINTER.test(subject), subject);
    const base = verbOfParticiple(verb) ?? (isWorkVerb(verb) ? verb : undefined);
    return base === undefined
      ? null
      : need(`Make ${subject} ${base} ${rest}`, 0.65, POINTER.test(subject), subject);
  }
  if (/\?$/.test(text) || isElsewhere(text)) return null;
  const welcome =
    /^((?:an?|some|more|better|support for|another)\s.{3,80}?) (?:would|might|could) (?:also |really )?(?:be (?:\w+ )?(?:nice|great|good|cool|useful|helpful|awesome|lovely|handy|welcome|appreciated|better|amazing|perfect)|help(?: a lot)?|come in handy)(?: (?:here|too|to have|as well))?(?: (for .+|in .+|on .+))?$/i.exec(
      text,
    );
  if (welcome) {
    const title = thingWanted(`${welcome[1] ?? ''}${welcome[2] === undefined ? '' : ` ${welcome[2]}`}`);
    return title === null ? null : need(title, 0.65);
  }
  const wanted = (THERE_SHOULD.exec(text) ?? WE_LACK.exec(text) ?? WE_NEED.exec(text))?.[1];
  if (wanted !== undefined) {
    const title = thingWanted(wanted.replace(/^(?:also|is|are|an? way for us) /i, ''));
    return title === null ? null : need(title, 0.75);
  }
  return mayGo(text) ?? missing(text) ?? shouldBe(text) ?? wantsTo(text) ?? needs(text);
}

/** `The beta label can go now.` */
function mayGo(text: string): Judgement | null {
  const [, subject = '', how = 'removed'] = MAY_GO.exec(text) ?? [];
  if (subject === '' || PERSON.test(subject) || /^(?:if|when|we|i|you|T-\d+|PR|which|what)\b/i.test(subject))
    return null;
  const [participle = '', ...rest] = how.split(' ');
  return need(
    [verbOfParticiple(participle) ?? 'remove', subject, ...rest].join(' '),
    0.7,
    POINTER.test(subject),
    subject,
  );
}

/** `Customers want to filter invoices by status.` */
function wantsTo(text: string): Judgement | null {
  const [, who = '', what = ''] =
    /^(we|i|users?|customers?|people|admins?|players?|support|ops|sales|marketing|editors?|(?:the |our |some |many )\w+) (?:also |really |often |still )*(?:wants?|needs?|would like|'d like|asks?(?: us)?|keeps? asking|are asking|is asking|asked)(?: for a way| for the option)? to (?:be able to )?(.+)$/i.exec(
      text,
    ) ?? [];
  if (what === '' || NO_WORK.test(what)) return null;
  if (/^(?:we|i)$/i.test(who) && !/^(?:see|know|filter|search|export|track|sort)\b/i.test(what)) return null;
  if (/\basked$/i.test(text.slice(0, text.length - what.length - 4))) return null;
  return /^[a-z]+ \S/i.test(what) ? need(`Let ${who} ${what}`, 0.65) : null;
}

function missing(text: string): Judgement | null {
  const bare = NONE_AT.exec(text)?.[1];
  if (
    bare !== undefined &&
    !NO_MATTER.test(bare) &&
    !/^(?:more|one|need|errors?|failures|crash\w*)\b/i.test(bare)
  )
    return need(`Add ${bare}`, 0.65);
  const none = THERE_IS_NO.exec(text)?.[1];
  if (none !== undefined) {
    if (NO_MATTER.test(none)) {
      const way = WAY_TO.exec(none)?.[1];
      return way === undefined || /^no /i.test(none) ? null : need(`Add a way to ${way}`);
    }
    const way = WAY_TO.exec(none)?.[1];
    if (way !== undefined) return need(`Add a way to ${way.replace(/^(?:me|us|users?) to /i, '')}`);
    if (/\bstill\b/i.test(text) && none.split(/\s+/).length <= 6) return need(`Add ${none}`, 0.65);
    return /^(?:an? |the )?(?:tests?|docs|documentation|index|validation|limit|error|loading|indication|feedback|\w+ (?:for|in|on|at|to)\b)/i.test(
      none,
    )
      ? need(`Add ${none}`, 0.65)
      : null;
  }
  const [, subject = '', what = ''] = LACKS.exec(text) ?? [];
  if (
    subject === '' ||
    PERSON.test(subject) ||
    NO_MATTER.test(what) ||
    /^(?:to|the (?:point|time)|any (?:effect|impact|idea|issue|problem))\b/i.test(what)
  )
    return null;
  const gone = /^(?:and|in|from|on|for|when|after|at|since|again|completely|entirely|there)\b/i.test(what);
  if (gone) return need(`Fix missing ${subject} ${what}`);
  const thing = what.replace(/^(?:any|its|the) /i, '');
  return need(
    POINTER.test(subject) ? `Add ${thing} to it` : `Add ${thing} to ${subject}`,
    0.7,
    POINTER.test(subject),
    subject,
  );
}

function shouldBe(text: string): Judgement | null {
  const match = MUST.exec(text);
  const [, subject = '', what = ''] = match ?? [];
  if (
    !match ||
    PERSON.test(subject.trim()) ||
    /[?]/.test(text) ||
    /^(?:if|when|what|which|how|why|who|where|unless|i |we |you |they |he |she |nobody|no one)\b/i.test(
      subject,
    )
  )
    return null;
  const pointer = POINTER.test(subject);
  const negated = /\b(?:not|never)\b|n'?t\b/i.test(text.slice(subject.length, text.length - what.length));
  const only = / only /i.test(text.slice(subject.length, text.length - what.length)) ? 'only ' : '';
  if (/^be\b/i.test(what)) return toBe(subject, what.replace(/^be /i, ''), negated, pointer);
  const [verb = '', ...rest] = what.split(/\s+/);
  if (NO_WORK.test(what) || rest.length === 0) return null;
  if (/^have$/i.test(verb)) return need(`Add ${rest.join(' ')} to ${subject}`, 0.7, pointer, subject);
  if (!isWorkVerb(verb) && !mayBeVerb(verb)) return null;
  if (
    /^(?:know|think|see|want|agree|decide|talk|speak|sleep|eat|love|hate|read|meet|discuss|review|merge|approve|join|vote|wait for (?:me|us|you))$/i.test(
      verb,
    )
  )
    return null;
  return need(`Make ${subject} ${negated ? 'not ' : ''}${only}${what}`, 0.7, pointer, subject);
}

function toBe(subject: string, what: string, negated: boolean, pointer: boolean): Judgement | null {
  if (SETTLED.test(what)) return null;
  const [first = '', ...rest] = what
    .replace(/^(?:also|really|properly|better|always|only|all) /i, '')
    .split(/\s+/);
  const verb = verbOfParticiple(first);
  if (negated) return need(`Make ${subject} not be ${what}`, 0.65, pointer, subject);
  if (verb !== undefined && !isOtherVerb(verb))
    return need([verb, subject, ...rest].join(' '), 0.75, pointer, subject);
  if (verb !== undefined) return null;
  return need(`Make ${subject} ${what}`, 0.65, pointer, subject);
}

function needs(text: string): Judgement | null {
  const [, subject = '', what = ''] = NEEDS.exec(text) ?? [];
  if (
    subject === '' ||
    PERSON.test(subject.trim()) ||
    /^(?:if|when|what|which|how|why|who|where|unless|nobody|no one|everything (?:it|we|you)|all (?:it|you|we))\b/i.test(
      subject,
    )
  )
    return null;
  if (/^(?:an? )?reviews?\b/i.test(what)) return null;
  if (/^T-\d+$/i.test(subject))
    return /^(?:some |more |better |proper )?(?:unit )?(?:docs|documentation|tests?|a test|types|a changelog)\b/i.test(
      what,
    )
      ? need(`Write ${what} for ${subject}`, 0.7)
      : null;
  if (/\b(?:exactly|just|all) what$|^(?:exactly|all)\b|\b(?:i|we|you|they|he|she|nobody|who)$/i.test(subject))
    return null;
  const pointer = POINTER.test(subject);
  const doing = /^(?:some |a bit of |more |urgent |a )?([a-z]+ing)\b(.*)$/i.exec(what);
  const verb = doing?.[1] === undefined ? undefined : verbOfGerund(doing[1]);
  if (verb !== undefined && /^(?:do|be|go|come|mean)$/.test(verb))
    return /^doing/i.test(what) ? need(subject, 0.6, pointer) : null;
  if (verb !== undefined && isWorkVerb(verb))
    return need(`${verb} ${subject}${doing?.[2] ?? ''}`, 0.75, pointer, subject);
  const work =
    /^(?:some |a bit of |a little |more |a lot of )?(?:work|love|attention|care|polish|clean-?up|an overhaul|a rewrite|a refactor(?:ing)?|refactoring|a clean-?up|a review|a refresh|an update|a facelift|some tlc|tlc)\b(.*)$/i.exec(
      what,
    );
  if (work)
    return need(
      `Improve ${subject} ${/rewrite|overhaul/i.test(what) ? '(rewrite)' : ''}${work[1] ?? ''}`,
      0.65,
      pointer,
      subject,
    );
  if (
    /^(?:to\b|you\b|me\b|us\b|him\b|a lot\b|time\b|a (?:while|minute|break|day|week|reboot)|\d+ (?:more )?(?:minutes?|hours?|days?|weeks?|approvals?|reviews?)|an? (?:approval|decision|reviewer|owner)|approval|review\b|my\b|your\b|it\b|that\b|no \w+|some (?:time|thought|sleep|discussion))/i.test(
      what,
    )
  )
    return null;
  return need(`Add ${what} to ${subject}`, 0.7, pointer, subject);
}

const BEHAVIOUR =
  /^(?:show|display|render|send|retry|log|index|cache|load|preload|allow|expose|print|store|save|return|crash|block|poll|fetch|swallow|track|autoplay|open|trigger|hardcode|hard-code|leak|overwrite|strip|escape|sort|write|use|require|force|ask|include|list|count|notify|email|mail|create|delete|keep|truncate|drop|redirect|reload|refresh|rely|depend|trust|accept|throw|fail|parse|format|wrap|embed|ship|bundle|import|mutate|call|query|spawn|sleep|busy-wait|play|start|reset|hide|animate|scroll|run|rebuild|download|upload|serve|emit|publish|charge|bill|let|make)$/i;
const LASTING =
  /\b(?:any ?more|any longer|ever again|by default|when|unless|on (?!main|prod|master|friday|monday)\w+|to (?:guests?|users?|members?|viewers?|the \w+)|for (?:guests?|users?|bots?|the \w+|every|each)|twice|every time|in [a-z]+|at [a-z]+|to [a-z]+|for [a-z]+|if|from|as|with|more than|without)\b/i;
const FOR_NOW =
  /\b(?:yet|today|tomorrow|tonight|this week|before|until|till|right now|for now|now|please nobody|while|again|my|on friday|to (?:main|master|prod)|i'?m|i am)\b/i;

/** What is to stop: `don't show the banner to members any more`. */
export function stopIn(given: string): Judgement | null {
  const text = given.replace(/[\s.!]+$/, '');
  const [, how = '', verb = '', rest = ''] =
    /^(?:please |pls |and |we should |it should |can (?:you|we) )?(don'?t|do not|never|no longer|stop) ([\w-]+) (.+)$/i.exec(
      text,
    ) ?? [];
  if (verb === '' || /\?$/.test(text)) return null;
  if (/^stop$/i.test(how)) {
    const base = verbOfGerund(verb);
    const ours = base !== undefined && (BEHAVIOUR.test(base) || isWorkVerb(base)) && !isOtherVerb(base);
    return ours && !FOR_NOW.test(rest) ? { kind: 'request', title: text, confidence: 0.75 } : null;
  }
  if (
    !BEHAVIOUR.test(verb) ||
    FOR_NOW.test(rest) ||
    !LASTING.test(rest) ||
    /^(?:it|that|this|them|me|us)\b/i.test(rest)
  )
    return null;
  const app =
    /^(?:show|display|render|send|retry|log|index|cache|preload|expose|print|return|crash|poll|fetch|swallow|track|autoplay|hard-?code|leak|truncate|redirect|throw)$/i.test(
      verb,
    );
  const lasting =
    app ||
    /\b(?:any ?more|any longer|ever again|by default|when|unless|every time|if|in the \w+)\b/i.test(rest);
  if (!lasting) return null;
  const bare = rest.replace(/,? (?:any ?more|any longer)\b/i, '');
  return { kind: 'request', title: `Do not ${verb} ${bare}`, confidence: 0.7 };
}
