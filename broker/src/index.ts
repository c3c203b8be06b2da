export { startBroker, type Broker, type BrokerConfig, type BrokerDeps } from './start-broker.ts';
export { startOpenBroker, type OpenBroker, type OpenBrokerConfig } from './start-open-broker.ts';
