export const thing = 'tasks';
