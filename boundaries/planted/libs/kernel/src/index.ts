export const thing = 'kernel';
