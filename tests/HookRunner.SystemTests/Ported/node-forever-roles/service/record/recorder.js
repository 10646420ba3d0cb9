console.log('record')
