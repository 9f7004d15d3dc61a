export const startFakePlex = () => 1;
