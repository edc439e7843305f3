/**
 * A stand-in for a cluster with KubeVirt and CDI, over sockets on loopback, so that a Drover in
 * another process can be pointed to it with a kubeconfig.
 *
 * <p>It does not play: strict field validation and defaults, field ownership and its conflicts,
 * admission and quotas (the real API server of {@code tests/apiserver} does), RBAC apart from what
 * a test forbids, watches for custom resources, nodes that run anything, filesystem overhead and
 * scratch space, the conversion of qcow2.
 */
@NullMarked
package dev.drover.kube.standin;

import org.jspecify.annotations.NullMarked;
