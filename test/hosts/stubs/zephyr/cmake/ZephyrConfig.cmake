# As much of Zephyr's build as an application with modules needs: the values that kconfiglib found, the library functions,
# and the target app, as a program of this machine.
include("${CMAKE_BINARY_DIR}/config.cmake")

set(zephyr_stub "${CMAKE_CURRENT_LIST_DIR}/..")

function(zephyr_library_named name)
  file(WRITE "${CMAKE_BINARY_DIR}/empty.c" "typedef int nothing;\n")
  add_library(${name} STATIC "${CMAKE_BINARY_DIR}/empty.c")
  set(ZEPHYR_CURRENT_LIBRARY ${name} PARENT_SCOPE)
  set_property(GLOBAL APPEND PROPERTY zephyr_libraries ${name})
endfunction()

function(zephyr_library_sources)
  target_sources(${ZEPHYR_CURRENT_LIBRARY} PRIVATE ${ARGN})
endfunction()

function(zephyr_library_compile_options)
  target_compile_options(${ZEPHYR_CURRENT_LIBRARY} PRIVATE ${ARGN})
endfunction()

function(zephyr_include_directories)
  include_directories(${ARGN})
  set_property(GLOBAL APPEND PROPERTY zephyr_includes ${ARGN})
endfunction()

enable_language(C)
foreach(module IN LISTS ZEPHYR_EXTRA_MODULES)
  get_filename_component(name "${module}" NAME)
  # the folder that module.yml names as build.cmake
  file(STRINGS "${module}/zephyr/module.yml" folder REGEX "^  cmake: ")
  string(REGEX REPLACE "^  cmake: " "" folder "${folder}")
  add_subdirectory("${module}/${folder}" "modules/${name}")
endforeach()

file(WRITE "${CMAKE_BINARY_DIR}/app.c" "typedef int nothing;\n")
add_executable(app "${CMAKE_BINARY_DIR}/app.c")
get_property(libraries GLOBAL PROPERTY zephyr_libraries)
get_property(includes GLOBAL PROPERTY zephyr_includes)
target_link_libraries(app PRIVATE ${libraries})
target_include_directories(app PRIVATE ${includes} "${zephyr_stub}/include")
