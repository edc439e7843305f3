package dev.drover.kube.cluster;

import org.jspecify.annotations.Nullable;

/** The resources of a cluster that Drover reads or writes, with the versions that it speaks. */
enum Kind {
  VIRTUAL_MACHINE("VirtualMachine", "kubevirt.io", "v1", "virtualmachines", true),
  VIRTUAL_MACHINE_INSTANCE(
      "VirtualMachineInstance", "kubevirt.io", "v1", "virtualmachineinstances", true),
  DATA_VOLUME("DataVolume", "cdi.kubevirt.io", "v1beta1", "datavolumes", true),
  KUBEVIRT("KubeVirt", "kubevirt.io", "v1", "kubevirts", true),
  CDI("CDI", "cdi.kubevirt.io", "v1beta1", "cdis", false),
  CDI_CONFIG("CDIConfig", "cdi.kubevirt.io", "v1beta1", "cdiconfigs", false),
  STORAGE_PROFILE("StorageProfile", "cdi.kubevirt.io", "v1beta1", "storageprofiles", false),
  UPLOAD_TOKEN(
      "UploadTokenRequest", "upload.cdi.kubevirt.io", "v1beta1", "uploadtokenrequests", true),
  CLAIM("PersistentVolumeClaim", "", "v1", "persistentvolumeclaims", true),
  POD("Pod", "", "v1", "pods", true),
  EVENT("Event", "", "v1", "events", true),
  NAMESPACE("Namespace", "", "v1", "namespaces", false),
  NODE("Node", "", "v1", "nodes", false),
  CONFIG_MAP("ConfigMap", "", "v1", "configmaps", true),
  SECRET("Secret", "", "v1", "secrets", true),
  QUOTA("ResourceQuota", "", "v1", "resourcequotas", true),
  STORAGE_CLASS("StorageClass", "storage.k8s.io", "v1", "storageclasses", false),
  STORAGE_CAPACITY("CSIStorageCapacity", "storage.k8s.io", "v1", "csistoragecapacities", true),
  SNAPSHOT_CLASS(
      "VolumeSnapshotClass", "snapshot.storage.k8s.io", "v1", "volumesnapshotclasses", false),
  NETWORK(
      "NetworkAttachmentDefinition",
      "k8s.cni.cncf.io",
      "v1",
      "network-attachment-definitions",
      true),
  INSTANCE_TYPE(
      "VirtualMachineInstancetype",
      "instancetype.kubevirt.io",
      "v1beta1",
      "virtualmachineinstancetypes",
      true),
  CLUSTER_INSTANCE_TYPE(
      "VirtualMachineClusterInstancetype",
      "instancetype.kubevirt.io",
      "v1beta1",
      "virtualmachineclusterinstancetypes",
      false),
  PREFERENCE(
      "VirtualMachinePreference",
      "instancetype.kubevirt.io",
      "v1beta1",
      "virtualmachinepreferences",
      true),
  CLUSTER_PREFERENCE(
      "VirtualMachineClusterPreference",
      "instancetype.kubevirt.io",
      "v1beta1",
      "virtualmachineclusterpreferences",
      false),
  ACCESS_REVIEW(
      "SelfSubjectAccessReview", "authorization.k8s.io", "v1", "selfsubjectaccessreviews", false);

  private final String text;
  private final String group;
  private final String version;
  private final String plural;
  private final boolean namespaced;

  Kind(String text, String group, String version, String plural, boolean namespaced) {
    this.text = text;
    this.group = group;
    this.version = version;
    this.plural = plural;
    this.namespaced = namespaced;
  }

  /** As in a manifest. */
  String text() {
    return text;
  }

  /** Empty for the core group. */
  String group() {
    return group;
  }

  String plural() {
    return plural;
  }

  boolean namespaced() {
    return namespaced;
  }

  String apiVersion() {
    return group.isEmpty() ? version : group + "/" + version;
  }

  /** As a Role names it: {@code datavolumes.cdi.kubevirt.io}. */
  String resource() {
    return group.isEmpty() ? plural : plural + "." + group;
  }

  /**
   * The path of the collection.
   *
   * @param namespace null for all of them; not looked at where the kind has none
   */
  String path(@Nullable String namespace) {
    return (group.isEmpty() ? "/api/" : "/apis/")
        + apiVersion()
        + (namespaced && namespace != null ? "/namespaces/" + namespace : "")
        + "/"
        + plural;
  }

  /** The kind that a manifest calls by this name. */
  static Kind of(String text) {
    for (Kind kind : values()) {
      if (kind.text.equals(text)) {
        return kind;
      }
    }
    throw new IllegalArgumentException("Drover does not speak of " + text);
  }
}
