/** A process that does nothing: what it takes is what Node takes. */
process.send?.('ready');
process.on('disconnect', () => process.exit(0));
