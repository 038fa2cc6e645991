module belay.test/app

go 1.24
