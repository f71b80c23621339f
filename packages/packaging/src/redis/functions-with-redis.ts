import type { Service, ServiceFunction } from '../framework/serverless.ts';

/** The functions that use Redis: those with the variable of its URL, which is empty in a stage without Redis. */
export function functionsWithRedis(service: Service): readonly ServiceFunction[] {
  const functions = service.getAllFunctions().map((key) => service.getFunction(key));
  return functions.filter(({ environment }) => environment?.WEIR_REDIS_URL !== undefined);
}
