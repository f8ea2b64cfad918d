export const thing = 'use case';
