export {
  type Capability,
  createHome,
  DECISION_KINDS,
  type Decision,
  type DecisionKind,
  type Home,
  type HomeDeps,
  type HomeSource,
  type HomeView,
  type Viewer,
} from './home.ts';
