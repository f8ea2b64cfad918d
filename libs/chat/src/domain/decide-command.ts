const COMMAND = /^\s*\/decide\s+(\S[\s\S]*)$/i;

/** What a message that begins with `/decide` decides; undefined for every other message. */
export const decisionIn = (text: string): string | undefined => COMMAND.exec(text)?.[1]?.trim();
