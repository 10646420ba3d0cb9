console.log('logs')
