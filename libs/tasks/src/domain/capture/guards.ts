const PERSON_PLAN =
  /^(?:i(?:'m|'ll|'ve|'d| am| will| shall| was| were| did| do| have| had| can| could| might| may| must| should| ought| need to| have to| got to|'ve got to| gotta| want to| wanna| plan| intend| hope to| tried| try| started| finished| just| also| already| always| usually| never| personally| currently| still| now| then| only| actually| really| think i| guess i|ma)?\b|i'd\b|let me\b|lemme\b|(?:my|mine)\b)/i;
/** Of one's own needs, only those that somebody else has to meet. */
const OWN_ASK =
  /^i(?:'d| would| was| am|'m| also| really| just| urgently)*,? ?(?:(?:really |also |just |urgently )?(?:need(?! to\b(?! ask))|want(?! to\b(?! (?:see|be able)))|like(?! to\b(?! (?:see|have|get|request|ask|be able)))|love|appreciate|prefer|hoping|wondering|looking for|requesting|asking|wish)\b)/i;
const WE_PLAN =
  /^(?:we|they|he|she|you|ops|marketing|the team|bob|alice)(?:'ll| will|'re going to| are going to|'re planning| plan to|'re (?!missing|lacking|short of|out of)| are (?!missing|lacking)\w+ing|'ve(?! got to| to)| have (?:already |just )?\w+ed|'d| would| did| had| were| was| (?!need)\w+ed\b| decided| agreed| went| ran| had to| used to| wrote| made| found| got| took| sent| put)\b/i;
const REPORTED =
  /^(?:["“][^"”]*["”][\s.!?]*$|(?:he|she|they|@[\w-]+|[a-z]+|the \w+(?: \w+)?|someone|somebody|according to|\w+ and \w+) (?:said|says|told|asked|wrote|mentioned|wanted|suggested|suggests|proposed|claims?|thinks|recommends?|insisted|complained)\b)/i;
const SETTLED_TALK =
  /^(?:(?:decision|decided|resolved|fyi decision|adr)\b[: ]|we(?:'ve| have)? (?:decided|agreed|settled|chose|picked)\b|(?:let'?s|lets|we(?:'ll)?|so we|i'd) (?:all )?(?:keep\b|stick (?:with|to)|stay (?:with|on)|go (?:with|for|ahead with)|call it|leave (?:it|that|this|things|the)|park|postpone|hold|skip (?:it|that|this)|see|meet|talk|discuss|sync|chat|celebrate|revisit|regroup|hope|wait|pretend|squash|continue|proceed|move on|say|face it)\b|.*\bfrom (?:now|today|tomorrow|monday) on\b|we use\b|as of (?:today|now)\b|agreed\b|settled\b|final\b|\w+ it is\b)/i;
const CANCELLED =
  /^(?:never ?mind|nvm|nevermind|scratch that|forget (?:it|that|about it|what)|ignore (?:that|this|me|my)|my bad|cancel (?:that|this|it|the)\b|(?:please |pls )?(?:don'?t|do not|never)\b(?! forget)|(?:there(?:'s| is) )?no need\b|no (?:one|body) (?:needs?|has to|should|must)\b|nobody (?:needs?|has to|should|must|please|touch)\b|not (?:now|yet|today|needed|necessary|needed)\b|hold (?:off|on)\b|hang on\b|wait\b|on hold\b|not worth\b|let'?s not\b|(?:please )?leave (?:it|that|the|this|them) (?!in the|out of)|(?:we|you|they|u) (?:don'?t|do not|needn'?t|shouldn'?t|should not|mustn'?t|must not|won'?t|can'?t|cannot|didn'?t|aren'?t|haven'?t|should never|can drop|don't have)\b|no longer needed|it'?s not that\b|not that\b|i (?:don'?t|do not|wouldn'?t|can'?t|cannot|won'?t|didn'?t|haven'?t)\b(?! have\b))/i;
const HYPOTHETICAL =
  /^(?:what if|what about if|suppose|supposing|imagine|say (?:we|someone|you)|assuming|in theory|theoretically|hypothetically|should (?:the|it|we ever|this|they|a)\b|had (?:we|i)\b|were (?:we|i)\b|in an ideal world|in a perfect world|one day|someday|some day|i (?:wonder|wish i)|wonder\b|if only\b|were it)/i;
/** Words that take the point out of a wish or an option. */
const DREAMY =
  /\b(?:some ?day|one day|oh well|who knows|at some point|in the (?:distant |far )?future|(?:in|for) (?:v|version )?\d+ maybe|not now|eventually|down the road|long[- ]term|if we ever|if i were|if we were|if we had|if i had|were to|would've|would have|could've|could have|should've|should have|theoretically|in theory|hypothetically|but then|just (?:a thought|thinking out loud|dreaming|an idea)|thinking out loud|wouldn'?t it|never gonna happen|a man can dream|can only dream|next life|maybe later|later maybe|maybe next year|no plans|unlikely|for the next (?:one|project)|year of work)\b/i;
/** How one does it, told to somebody who asked. */
const ADVICE =
  /^(?:if (?:you|one|anyone|someone) (?:want|wants|need|needs|see|sees|get|gets|run|runs|ever|wish|forget|are (?:on|using|stuck|curious|interested|wondering|looking|unsure|new)|don'?t know|is (?:on|using|stuck|wondering|interested)|get stuck|hit)\b(?! (?:a|some) (?:minute|moment|chance|time|sec))|to (?!do\b|fix\b)\w+ [^,]{1,80},|you can\b|you could (?:also )?(?:just )?(?:use|try|run)\b|the (?:trick|way|answer|solution|workaround) is\b|workaround\b|tip\b|hint\b|pro ?tip\b|in case (?:you|someone|anyone)\b|just run `?\w|.*\bthat (?:helps|should help|does the trick|should do)\b|to get an? |in that case\b|try clearing\b|one could (?:argue|say)\b|try (?:running|`|again|a|it|this|that|turning|with)|run `)/i;

/** Taken back, or told not to be done. */
export const isCancelled = (text: string): boolean => CANCELLED.test(text);

/** Nothing in a sentence that starts like this asks for work. */
export const isClosed = (text: string): boolean =>
  CANCELLED.test(text) || HYPOTHETICAL.test(text) || REPORTED.test(text) || ADVICE.test(text);

/** Where it starts like this, the clause speaks of what people do themselves or have settled. */
export const isOwnTalk = (text: string): boolean =>
  (PERSON_PLAN.test(text) && !OWN_ASK.test(text)) || WE_PLAN.test(text) || SETTLED_TALK.test(text);

export const isDreamy = (text: string): boolean => DREAMY.test(text);

const IN_HAND =
  /\b(?:in progress|working on (?:it|that|this|a fix)|looking into (?:it|this|that)|(?:i'?m|i am|already|currently|now) (?:on it|investigating|fixing|looking|debugging|checking|working)|on it\b|fix(?:ed|es)? (?:is|are|it) (?:in|on|up|coming|out|ready|merged|pushed|there)|i'?ll (?:fix|handle|look|take|do|check|sort|deal|push|have|send|add|patch|try)|will (?:fix|handle|look into)|retrying|rerunning|re-?running|(?:is|was|has been|already|got) (?:fixed|solved|resolved|reverted|patched)|let me (?:check|look|fix|see|try)|checking (?:now|it)|has (?:it|this|that) in hand|upstream released|known (?:issue|limitation|bug)|as expected|by design|intended|expected behaviou?r|not a bug|no bug|works? (?:now|again|fine)|(?:planned|scheduled) (?:outage|maintenance|downtime)|just me|my (?:bad|fault|mistake|own fault)|turn(?:ed|s) out to be|false alarm|user error|(?:can'?t|cannot|couldn'?t) reproduce)\b/i;

/** A defect that is told of, and that somebody has in hand or nobody minds. */
export const isInHand = (text: string): boolean => IN_HAND.test(text);

const ELSEWHERE =
  /\b(?:coffee|kettle|beers?|pizza|lunch|dinner|breakfast|milk|snacks?|cake|cookies|vacation|holidays?|weekend|chair|desk|office|elevator|air ?con(?:ditioning)?|heating|parking|train|bus|bike|my (?:laptop|machine|mac|macbook|pc|phone|wifi|wi-fi|internet|vpn|keyboard|mouse|mic|microphone|camera|headset|headphones|monitor|screen|isp|router|connection|local|branch|brain|head|back|cat|dog|kids?|car|bike|flight|calendar|ide|editor|setup|env|environment|fork|checkout)|patience|printer|zoom|slack|the call|my talk|the dishwasher|whiteboard|meeting room|(?:office|guest|hotel) wi-?fi|second monitor|charger|the daily\b|stand-?up|the retro|the CLA|agenda|the discussion|your sleep|make love|moving forward|sign the cla|(?:this|that|the) (?:chair|headset|laptop)|book a (?:room|table|flight|hotel)|from hr|your hours|more people|fire alarm|weather)\b/i;
/** About life around the project. */
export const isElsewhere = (text: string): boolean => ELSEWHERE.test(text);
