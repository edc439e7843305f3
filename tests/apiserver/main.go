// The API server for custom resources that Drover's tests talk to: kube-apiserver's own code for
// CustomResourceDefinitions (strict validation, structural schemas, server-side apply, watches) in
// front of an etcd, without users, admission or the core group.
package main

import (
	"flag"
	"fmt"
	"net"
	"os"

	"k8s.io/apiextensions-apiserver/pkg/cmd/server/options"
	genericapiserver "k8s.io/apiserver/pkg/server"
)

func main() {
	etcd := flag.String("etcd", "http://127.0.0.1:2379", "the etcd that keeps the objects")
	port := flag.Int("port", 6443, "the port on 127.0.0.1")
	certificates := flag.String("cert-dir", "", "a folder for the certificate that it makes for itself")
	kubeconfig := flag.String("kubeconfig", "", "any kubeconfig; its watch of Services may fail")
	flag.Parse()
	if err := serve(*etcd, *port, *certificates, *kubeconfig); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func serve(etcd string, port int, certificates, kubeconfig string) error {
	o := options.NewCustomResourceDefinitionsServerOptions(os.Stdout, os.Stderr)
	r := o.RecommendedOptions
	r.Etcd.StorageConfig.Transport.ServerList = []string{etcd}
	r.SecureServing.BindAddress = net.IPv4(127, 0, 0, 1)
	r.SecureServing.BindPort = port
	r.SecureServing.ServerCert.CertDirectory = certificates
	r.Authentication.RemoteKubeConfigFileOptional = true
	r.Authentication.SkipInClusterLookup = true
	r.Authorization.RemoteKubeConfigFileOptional = true
	r.Authorization.AlwaysAllowPaths = []string{"*"}
	// Paths are those of no resource; whoever comes may do everything with the resources too.
	r.Authorization.AlwaysAllowGroups = append(r.Authorization.AlwaysAllowGroups, "system:unauthenticated")
	r.CoreAPI.CoreAPIKubeconfigPath = kubeconfig
	r.Features.EnablePriorityAndFairness = false
	r.Admission = nil
	if err := o.Complete(); err != nil {
		return err
	}
	if err := o.Validate(); err != nil {
		return err
	}
	config, err := o.Config()
	if err != nil {
		return err
	}
	server, err := config.Complete().New(genericapiserver.NewEmptyDelegate())
	if err != nil {
		return err
	}
	return server.GenericAPIServer.PrepareRun().RunWithContext(genericapiserver.SetupSignalContext())
}
