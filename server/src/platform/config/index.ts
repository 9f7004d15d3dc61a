export { bareEnvironment, type ClientConfig, loadClientConfig } from './client-config.ts';
export { type Config, type LogLevel, loadConfig, type Variables } from './config.ts';
