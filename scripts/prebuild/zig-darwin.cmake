# Node loads a shared library as well as a bundle, and zig 0.16 crashes when it is to link a bundle.
set(CMAKE_SHARED_MODULE_CREATE_CXX_FLAGS "-shared")
