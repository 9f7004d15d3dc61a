export { demoMigrations } from './demo.schema.store.ts';
export { createDemo, createDemoGate, type Demo, type DemoGate, type DemoStage, type DemoState } from './demo.ts';
