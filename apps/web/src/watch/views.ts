/** What stands in front: beside the stage on a desktop, alone on a phone. */
export const VIEWS = ['chat', 'board', 'activity', 'crew'] as const;
export type View = (typeof VIEWS)[number];
/** The board has its own place on a desktop. */
export type SideView = Exclude<View, 'board'>;

export const sideOf = (view: View): SideView => (view === 'board' ? 'chat' : view);
