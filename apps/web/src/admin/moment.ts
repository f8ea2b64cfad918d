/** A moment exact to the second, in the reader's time. */
export const moment = (at: string): string => new Date(at).toLocaleString('sv-SE');
