import { isWorkVerb } from './verbs.js';

/** Words before the point of a sentence; they say nothing about whether it asks for something. */
const FILLER =
  /^(?:hey|hi|hello|hiya|yo|ok(?:ay)?|alright|alrighty|so|and|but|also|btw|by the way|fyi|psa|heads[- ]up|actually|basically|honestly|ideally|maybe|perhaps|probably|additionally|furthermore|moreover|anyway|anyways|meanwhile|however|thanks(?: (?:a lot|so much|everyone|all|again|for (?:the|that|this|your|checking|looking)(?: \w+)?))?|thank you|thx(?: for the \w+)?|thx|ty|lgtm|sorry|imo|imho|tbh|i think(?: that)?|i guess|i believe|i feel(?: like)?|i suppose|i'd say|as (?:discussed|mentioned|said|agreed)(?: (?:before|earlier|yesterday|today))?|to be clear|one more thing|another (?:thing|one|point|bug)|separate (?:thing|issue|topic)|separately|unrelated(?: thing)?|(?:one|a) (?:last|small|quick|little|minor) (?:thing|one|request|favou?r|ask|nit)|small (?:thing|request|nit)|quick (?:one|request|thing)|only thing|side note|nit|please|pls|plz|plss*|kindly|just|same here|yes|yeah|yep|yup|sure thing|good (?:point|idea|catch|job|work|stuff)|good morning|morning|evening|agreed|oh|ah|aha|hmm*|hm|hmpf|argh|ugh|wow|oops|haha+|lol|then please|and then|then also|next up|next step|no objections|otherwise|apart from that|besides|beyond that|on top of that|while (?:we're|you're|you are|we are|at) (?:at it|on it|there|it)|when you'?re (?:done|there|at it)|after that|afterwards|long story short|tl;?dr|in short|again|still|for now|for the record|eventually|really|seriously|dear|guys|folks|team|y'all|my turn|finally|lastly|interesting|super|sweet|love it|so cool|very (?:nice|cool|good)|looks (?:good|great|nice)(?: (?:now|to me))?|works|great work(?: on (?:the )?\w+)?|first time here|quickly|if possible|feature request|it is (?:important|urgent)|it'?s (?:important|urgent)|important|urgent|go ahead(?: and)?|feel free to|try to|be a dear and|do me a favou?r and|your (?:job|task|turn)|seems(?: like| that)?|it (?:seems|looks like|appears)(?: that)?|looks like|apparently|turns out(?: that)?|for some reason|somehow|i (?:just )?(?:noticed|saw|found|see|realized|realised)(?: that)?|noticed(?: that)?|it (?:turns|turned) out(?: that)?|confirmed|repro|reminder|note that|funny)\b(?![-'’/.]\w)[\s,:;!.…)–-]*/i;
/** These may as well be the subject: they count before a comma, or before something that asks. */
const LOOSE_FILLER =
  /^(?:right|well|then|next|now|first|firstly|second|secondly|third|thirdly|great|nice|cool|perfect|awesome|amazing|sure|plus|all|everyone|everybody|people|fine|good|excellent|today|tomorrow)\b(?![-'’])(?:[,:;!.–-]+\s*|\s+(?=(\S+)))/i;
const LABEL =
  /^[([]?(?:(?:very |super |most )?(?:urgent|asap|important|critical|blocker|high prio(?:rity)?|low prio(?:rity)?|p[0-5]|hot ?fix|reminder|request|note|idea|suggestion|proposal|action item|ai|todo|to-do|to do|fixme|task|ticket|follow[- ]?up|chore|feature|feat|enhancement|bug ?fix))[)\]]?\s*[:!–]+\s*/i;
const ASKING = /^(?:please|pls|can|could|would|will|let|let's|lets|we|you|i|someone|somebody|it|the|there)$/i;
const DOUBT = /^(?:maybe|perhaps|probably|i guess|i suppose|possibly)\b/i;
const ORNAMENT = /^[^\p{L}\p{N}@`"“'/*(.[]+/u;
/** `After the demo please …`, `when you have time …`: what it waits for stands before the point. */
const SETTING =
  /^(?:after|before|once|when|whenever|on|in|at|for|if|as soon as|while|since|until|till|by|as an? follow[- ]?up (?:to|of)|regarding|concerning|with|from)\b[^,?!]{2,70}?,?\s+(?=(?:please|pls|(?:can|could|would) (?:you|someone|somebody|anyone|we)|we (?:also |now |still )?(?:need|should|have to|must|can (?:delete|remove|drop))|someone (?:please|should|needs?)|somebody (?:please|should|needs?)|let's) )/i;
/** `On the pricing page replace …`, `to reduce cost, scale …`: the place or the aim stands before the verb. */
const PLACE =
  /^(?:(?:on|in|for|from|under|inside|at) (?:the |our |all |every )?[^,:?!]{2,50}?[,:]? |(?:to|in order to) [a-z]+ [^,?!]{2,50}, )(?=(replace|remove|delete|rename|scale|change|update|convert|extract|reduce|increase|implement|create|hide|add|fix|swap|stack|merge|disable|enable|drop|keep|introduce|switch|use|show|move|write|document)\s+(?:the|all|an?|our|every|each|some|one|["`'“]|\S*[/_.]|\w+s\b))/i;
const SPARE_TIME =
  /^(?:when(?:ever)?|if|once) (?:you|someone|anyone|somebody|anybody|there)(?:'re|'s| is| are| have| has| gets?| finds?| got)? (?:\w+ ){0,3}?(?:time|minute|moment|chance|bored|free|idle|cycles|capacity|bandwidth|it)\b[\s,:–-]*/i;

export interface LeadIn {
  /** The sentence from its point on. */
  readonly rest: string;
  /** The author is not sure about it. */
  readonly doubtful: boolean;
  /** Nothing but lead-in was said. */
  readonly empty: boolean;
}

/** Takes greetings and fillers off the start of a sentence. */
export function takeLeadIn(sentence: string): LeadIn {
  let rest = sentence.trim().replace(ORNAMENT, '');
  let doubtful = false;
  for (let turn = 0; turn < 12; turn += 1) {
    const taken = fillerOf(rest);
    if (taken === undefined) break;
    if (taken.length >= rest.length) return { rest: '', doubtful, empty: true };
    doubtful ||= DOUBT.test(rest);
    rest = rest.slice(taken.length).replace(ORNAMENT, '');
  }
  return { rest, doubtful, empty: rest === '' };
}

function fillerOf(text: string): string | undefined {
  const filler = (LABEL.exec(text) ??
    FILLER.exec(text) ??
    SPARE_TIME.exec(text) ??
    SETTING.exec(text) ??
    PLACE.exec(text))?.[0];
  if (filler !== undefined && !isSubject(text, filler)) return filler;
  const [loose, next] = LOOSE_FILLER.exec(text) ?? [];
  if (loose === undefined) return undefined;
  return next === undefined || ASKING.test(next) || isWorkVerb(next) ? loose : undefined;
}

/** `Reminder mails arrive late`, `team settings …`: the filler is the subject after all. */
const isSubject = (text: string, filler: string): boolean =>
  /^(?:team|reminder|interesting|works|seems|confirmed|super|important|urgent|repro|evening|morning|dear|guys|folks|note|again|still|sweet|nit|funny)\s+$/i.test(
    filler,
  ) &&
  !ASKING.test(text.slice(filler.length).split(/\s/)[0] ?? '') &&
  !/^(?:again|still|seems)/i.test(filler);
