/** Why the server can't start, in a sentence for the person who typed the command. */
export class StartError extends Error {}
