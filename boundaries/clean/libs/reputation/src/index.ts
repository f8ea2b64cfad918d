export const thing = 'reputation';
