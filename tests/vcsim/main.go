// Starts govmomi's vCenter simulator, and prints its address when it is ready.
//
// One file for two versions: Debian's package (GO111MODULE=off GOPATH=/usr/share/gocode) and the
// module (go run -mod=mod with a go.mod that requires github.com/vmware/govmomi).
package main

import (
	"context"
	"crypto/tls"
	"flag"
	"fmt"
	"io"
	"log"
	"net/url"
	"os"

	"github.com/vmware/govmomi"
	"github.com/vmware/govmomi/find"
	"github.com/vmware/govmomi/object"
	"github.com/vmware/govmomi/simulator"
	"github.com/vmware/govmomi/vapi/rest"
	_ "github.com/vmware/govmomi/vapi/simulator"
	"github.com/vmware/govmomi/vapi/tags"
	"github.com/vmware/govmomi/vim25/types"
)

func main() {
	model := simulator.VPX()
	listen := flag.String("l", "127.0.0.1:0", "host:port")
	esx := flag.Bool("esx", false, "a single ESXi host instead of a vCenter")
	user := flag.String("username", "", "the one user")
	password := flag.String("password", "", "their password")
	secure := flag.Bool("tls", false, "HTTPS")
	cert := flag.String("cert", "", "certificate file (PEM)")
	key := flag.String("key", "", "key file (PEM)")
	at := flag.String("at", "", "furnish the simulator that listens at this address, and start none")
	furnish := flag.Bool("furnish", false, "give VMs tags, snapshots, rules and odd devices")
	flag.IntVar(&model.Datacenter, "dc", model.Datacenter, "datacenters")
	flag.IntVar(&model.Cluster, "cluster", model.Cluster, "clusters a datacenter")
	flag.IntVar(&model.ClusterHost, "host", model.ClusterHost, "hosts a cluster")
	flag.IntVar(&model.Host, "standalone-host", model.Host, "hosts without a cluster")
	flag.IntVar(&model.Machine, "vm", model.Machine, "VMs a resource pool")
	flag.IntVar(&model.Datastore, "ds", model.Datastore, "datastores")
	flag.IntVar(&model.Portgroup, "pg", model.Portgroup, "distributed port groups")
	flag.IntVar(&model.Folder, "folder", model.Folder, "folders")
	flag.IntVar(&model.App, "app", model.App, "vApps")
	flag.IntVar(&model.OpaqueNetwork, "nsx", model.OpaqueNetwork, "opaque networks")
	flag.BoolVar(&model.Autostart, "autostart", model.Autostart, "VMs run")
	flag.Parse()
	if *at != "" {
		running, err := url.Parse(*at)
		check(err)
		running.User = url.UserPassword(*user, *password)
		give(running)
		return
	}
	if *esx {
		machines := model.Machine
		model = simulator.ESX()
		model.Machine = machines
	}
	check(model.Create())
	defer model.Remove()

	model.Service.Listen = &url.URL{Host: *listen}
	if *user != "" {
		model.Service.Listen.User = url.UserPassword(*user, *password)
	}
	if *secure {
		config := &tls.Config{}
		if *cert != "" {
			pair, err := tls.LoadX509KeyPair(*cert, *key)
			check(err)
			config.Certificates = []tls.Certificate{pair}
		}
		model.Service.TLS = config
	}
	model.Service.RegisterEndpoints = true
	server := model.Service.NewServer()
	defer server.Close()
	if *furnish {
		give(server.URL)
	}
	fmt.Printf("%s://%s/sdk\n", server.URL.Scheme, server.URL.Host)
	os.Stdout.Sync()
	// The test holds the other end: when it dies, so does the simulator, and its files go.
	io.Copy(io.Discard, os.Stdin)
}

func check(err error) {
	if err != nil {
		log.Fatal(err)
	}
}

// give makes what a plain model lacks, through the same API that every client uses.
func give(address *url.URL) {
	ctx := context.Background()
	client, err := govmomi.NewClient(ctx, address, true)
	check(err)
	finder := find.NewFinder(client.Client, false)
	vms, err := finder.VirtualMachineList(ctx, "/...")
	check(err)
	hardware(ctx, vms[0])
	snapshots(ctx, vms[0])
	task, err := vms[1].Rename(ctx, "büro/100% \"x\" <&>")
	check(err)
	check(task.Wait(ctx))

	fields, err := object.GetCustomFieldsManager(client.Client)
	check(err)
	field, err := fields.Add(ctx, "owner", "VirtualMachine", nil, nil)
	check(err)
	check(fields.Set(ctx, vms[0].Reference(), field.Key, "team & co"))

	restClient := rest.NewClient(client.Client)
	check(restClient.Login(ctx, address.User))
	manager := tags.NewManager(restClient)
	category, err := manager.CreateCategory(ctx, &tags.Category{
		Name: "App", Description: "-", Cardinality: "MULTIPLE", AssociableTypes: []string{"VirtualMachine"}})
	check(err)
	for _, name := range []string{"shop", "erp"} {
		id, err := manager.CreateTag(ctx, &tags.Tag{Name: name, Description: "-", CategoryID: category})
		check(err)
		check(manager.AttachTag(ctx, id, vms[0].Reference()))
		if name == "shop" {
			check(manager.AttachTag(ctx, id, vms[1].Reference()))
		}
	}
	clusters, err := finder.ClusterComputeResourceList(ctx, "/...")
	if err != nil || len(clusters) == 0 || len(vms) < 4 {
		return
	}
	on := true
	rule, err := clusters[0].Reconfigure(ctx, &types.ClusterConfigSpecEx{
		RulesSpec: []types.ClusterRuleSpec{{
			ArrayUpdateSpec: types.ArrayUpdateSpec{Operation: types.ArrayUpdateOperationAdd},
			Info: &types.ClusterAntiAffinityRuleSpec{
				ClusterRuleInfo: types.ClusterRuleInfo{Name: "apart", Enabled: &on, Mandatory: &on},
				Vm:              []types.ManagedObjectReference{vms[0].Reference(), vms[3].Reference()},
			}}}}, true)
	check(err)
	check(rule.Wait(ctx))
}

func hardware(ctx context.Context, vm *object.VirtualMachine) {
	yes := true
	devices := []types.BaseVirtualDevice{
		&types.VirtualNVMEController{VirtualController: types.VirtualController{
			VirtualDevice: types.VirtualDevice{Key: -1}, BusNumber: 0}},
		&types.VirtualUSBXHCIController{VirtualController: types.VirtualController{
			VirtualDevice: types.VirtualDevice{Key: -2}}},
	}
	var changes []types.BaseVirtualDeviceConfigSpec
	for _, device := range devices {
		changes = append(changes, &types.VirtualDeviceConfigSpec{
			Operation: types.VirtualDeviceConfigSpecOperationAdd, Device: device})
	}
	reservation := int64(500)
	task, err := vm.Reconfigure(ctx, types.VirtualMachineConfigSpec{
		Annotation:          "line one\nline <two>",
		Firmware:            "efi",
		BootOptions:         &types.VirtualMachineBootOptions{EfiSecureBootEnabled: &yes},
		MemoryHotAddEnabled: &yes,
		CpuHotAddEnabled:    &yes,
		NestedHVEnabled:     &yes,
		CpuAllocation:       &types.ResourceAllocationInfo{Reservation: &reservation},
		LatencySensitivity:  &types.LatencySensitivity{Level: types.LatencySensitivitySensitivityLevelHigh},
		DeviceChange:        changes,
	})
	check(err)
	check(task.Wait(ctx))
}

func snapshots(ctx context.Context, vm *object.VirtualMachine) {
	for _, name := range []string{"before update", "after update"} {
		task, err := vm.CreateSnapshot(ctx, name, "by the test", false, false)
		check(err)
		check(task.Wait(ctx))
	}
}
