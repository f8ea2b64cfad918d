export const thing = 'git';
