import { expect, test } from "vitest";
import { apiBase } from "../../src/api/client";

test("the API is everything before /app/, or what the build says", () => {
  const at = (pathname: string) => apiBase(undefined, { origin: "https://h", pathname });
  expect(at("/app/")).toBe("https://h");
  expect(at("/v1/app/index.html")).toBe("https://h/v1");
  expect(at("/")).toBe("https://h");
  expect(apiBase("https://api.example/v1/", { origin: "https://h", pathname: "/" })).toBe("https://api.example/v1");
});
