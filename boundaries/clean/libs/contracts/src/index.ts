export const thing = 'contracts';
