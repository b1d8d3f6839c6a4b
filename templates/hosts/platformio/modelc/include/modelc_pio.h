/* Nothing but a name that PlatformIO finds when a program includes it, if the library lies in lib/ instead of lib_deps. */
