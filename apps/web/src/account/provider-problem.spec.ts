import { providerProblem } from './provider-problem';

describe('what is said to who comes back without being let in', () => {
  it.each([
    [null, null],
    ['auth.provider_away', 'GitHub does not answer at the moment. Try again in a while.'],
    ['auth.something_new', 'Signing in did not work. Begin again.'],
    ['Your account is in danger, call us', 'Signing in did not work. Begin again.'],
    ['constructor', 'Signing in did not work. Begin again.'],
  ])('%p is %p', (reason, sentence) => {
    expect(providerProblem(reason, 'GitHub')).toBe(sentence);
  });
});
