// Reads what Drover reads of every VM with govmomi and writes it as JSON, for docs/performance.md.
package main

import (
	"context"
	"encoding/json"
	"fmt"
	"log"
	"net/url"
	"os"
	"strings"
	"time"

	"github.com/vmware/govmomi"
	"github.com/vmware/govmomi/view"
	"github.com/vmware/govmomi/vim25/mo"
)

// compare URL PATHS FILE: the paths with commas between them.
func main() {
	address, err := url.Parse(os.Args[1])
	check(err)
	ctx := context.Background()
	start := time.Now()
	client, err := govmomi.NewClient(ctx, address, true)
	check(err)
	all, err := view.NewManager(client.Client).CreateContainerView(
		ctx, client.ServiceContent.RootFolder, []string{"VirtualMachine"}, true)
	check(err)
	var vms []mo.VirtualMachine
	check(all.Retrieve(ctx, []string{"VirtualMachine"}, strings.Split(os.Args[2], ","), &vms))
	file, err := os.Create(os.Args[3])
	check(err)
	check(json.NewEncoder(file).Encode(vms))
	check(file.Close())
	fmt.Printf("%d VMs in %.2f s\n", len(vms), time.Since(start).Seconds())
}

func check(err error) {
	if err != nil {
		log.Fatal(err)
	}
}
