import { Controller, Get, Header } from '@nestjs/common';
import { docsPage } from './docs-page.js';
import { OpenApi, type OpenApiDocument } from './open-api.js';

const NO_OTHER_HOST =
  "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; frame-ancestors 'none'";

/** The API's own description, for programs and for people. */
@Controller('api')
export class DocsController {
  constructor(private readonly openApi: OpenApi) {}

  @Get('openapi.json')
  json(): OpenApiDocument {
    return this.openApi.document();
  }

  @Get('docs')
  @Header('Content-Type', 'text/html; charset=utf-8')
  @Header('Content-Security-Policy', NO_OTHER_HOST)
  page(): string {
    return docsPage(this.openApi.document());
  }
}
