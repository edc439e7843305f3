package dev.drover.kube.cluster;

import java.net.URI;
import java.net.http.HttpClient;

/**
 * CDI's door for uploads.
 *
 * @param base without a slash at its end
 * @param http trusts what the proxy shows
 */
record UploadProxy(URI base, HttpClient http) {
  URI at(String path) {
    return URI.create(base + path);
  }
}
