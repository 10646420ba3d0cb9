#!/usr/bin/env pwsh
<#
.SYNOPSIS
    Builds hookrunner: ./build.ps1 [TASK...] [-Runtime RID...]

.DESCRIPTION
    restore   fetch the packages of the lock files
    format    verify that the sources are formatted; changes nothing
    build     compile everything; a warning is an error
    test      run all tests against what was built
    publish   link the executable: artifacts/RID/hookrunner, and its symbols beside it
    all       the five, in this order (default)

    Tasks run in the order given and the first failure ends the script. Only the language, the engine's own cmdlets and
    programs are used, so that the engine alone can run it: tests/BuildHost does, where there is no pwsh.
#>
param(
    [Parameter(Position = 0, ValueFromRemainingArguments)]
    [ValidateSet('restore', 'format', 'build', 'test', 'publish', 'all')]
    [string[]] $Tasks = 'all',

    [ValidateSet('linux-x64', 'linux-arm64')]
    [string[]] $Runtime = 'linux-x64'
)

Set-StrictMode -Version 3.0
$ErrorActionPreference = 'Stop'
$ExecutionContext.SessionState.Path.SetLocation($PSScriptRoot) | Out-Null

function Invoke-Dotnet {
    "> dotnet $args"
    & dotnet @args
    if ($LASTEXITCODE -ne 0) { throw "``dotnet $($args[0])`` failed with exit status $LASTEXITCODE" }
}

function Publish-Executable([string] $Rid) {
    Invoke-Dotnet publish src/HookRunner --configuration Release --runtime $Rid --output "artifacts/$Rid"
    $file = [System.IO.FileInfo]::new("$PSScriptRoot/artifacts/$Rid/hookrunner")
    "{0}: {1:n0} bytes" -f $file.FullName, $file.Length
}

if ($Tasks -contains 'all') { $Tasks = 'restore', 'format', 'build', 'test', 'publish' }

foreach ($task in $Tasks) {
    switch ($task) {
        'restore' { Invoke-Dotnet restore HookRunner.sln }
        'format'  { Invoke-Dotnet format HookRunner.sln --verify-no-changes --no-restore }
        'build'   { Invoke-Dotnet build HookRunner.sln --no-restore }
        'test'    { Invoke-Dotnet test HookRunner.sln --no-build }
        'publish' { foreach ($rid in $Runtime) { Publish-Executable $rid } }
    }
}
