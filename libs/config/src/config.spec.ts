import { IsInt, IsOptional, IsUrl, Max, Min, MinLength } from 'class-validator';
import { EnvVar, InvalidConfig, loadConfigs } from './config.js';

class SampleConfig {
  @EnvVar('SAMPLE_PORT') @IsInt() @Min(0) @Max(65_535) port = 3000;
  @EnvVar('SAMPLE_SECRET', { secret: true }) @MinLength(16) secret = 'default-secret-value';
  @EnvVar('SAMPLE_URL') @IsOptional() @IsUrl({ require_tld: false }) url?: string;
}

const read = (env: Record<string, string>) =>
  loadConfigs([SampleConfig], env).get(SampleConfig) as SampleConfig;

describe('loadConfigs', () => {
  it('keeps the defaults of what is not set', () => {
    expect(read({})).toMatchObject({ port: 3000, secret: 'default-secret-value' });
  });

  it('turns text into the type of the field', () => {
    expect(read({ SAMPLE_PORT: '8080' }).port).toBe(8080);
  });

  it('names every bad variable at once and hides secret values', () => {
    const attempt = () => read({ SAMPLE_PORT: 'many', SAMPLE_SECRET: 'short-one', SAMPLE_URL: 'not a url' });
    expect(attempt).toThrow(InvalidConfig);
    try {
      attempt();
    } catch (error) {
      const { message } = error as InvalidConfig;
      expect(message).toContain('SAMPLE_PORT');
      expect(message).toContain('SAMPLE_SECRET');
      expect(message).toContain('SAMPLE_URL');
      expect(message).not.toContain('short-one');
    }
  });
});
