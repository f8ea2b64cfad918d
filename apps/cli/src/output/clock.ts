/** The time of day here, of an ISO time. */
export const clock = (at: string): string => new Date(at).toTimeString().slice(0, 8);
