export { type Config, type LogLevel, loadConfig, type Variables } from './config.ts';
